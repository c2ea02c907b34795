/** The editor of a role with 200 rules that 5 000 hold: what typing and toggling cost the page. */
import type { Page } from "@playwright/test";
import { expect, test, type App } from "../support/app.ts";
import { tasksDuring, type Tasks } from "./tasks.ts";

const HOLDERS = 5_000;
const RULES = 200;

test("the editor of a large role", async ({ launch, page }) => {
  const app = await launch({ scale: HOLDERS });
  const role = await largeRole(app);
  await app.visit(`/roles/${role}`);
  const grid = page.getByRole("grid", { name: "Permissions of Large" });
  await expect(grid).toHaveAttribute("aria-busy", "false", { timeout: 60_000 });
  console.log(`a role with ${RULES} rules and ${HOLDERS} holders; processor time of one task`);

  const toggling = await tasksDuring(page, async () => {
    await grid.getByRole("rowheader", { name: /^Tags/ }).focus();
    for (let at = 0; at < 8; at += 1) {
      await page.keyboard.press(at % 2 === 0 ? "ArrowRight" : "Space");
      await page.waitForTimeout(400);
    }
  });
  print("moving and toggling", toggling);

  const opening = await tasksDuring(page, async () => {
    await grid.getByRole("rowheader", { name: /^Secrets secrets/ }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("article", { name: "Policy 1: Secrets" })).toBeVisible();
    await page.waitForTimeout(1_000);
  });
  print("opening a subject with 100 rules", opening);

  print("typing a path", await typing(page, "/and-a-long-way-below"));

  await page.getByRole("tab", { name: "JSON" }).click();
  await page.waitForTimeout(1_500);
  print("typing a path beside the JSON", await typing(page, "/with-the-text"));

  await page.getByRole("tab", { name: "Findings" }).click();
  await page.waitForTimeout(1_500);
  print("typing a path beside the findings", await typing(page, "/and-the-findings"));

  const { rules } = await app.server.rpc("role_detail", { role });
  const edited = rules.replace('"create"', '"create","delete"');
  const alone = await seconds(() =>
    app.server.rpc("review_role", { rules, open: [], member: null }),
  );
  const effect = await seconds(() => app.server.rpc("role_effect", { role, rules: edited }));
  console.log(
    `  the effect of one edit on all holders: ${effect.toFixed(2)} s, ${(effect / alone).toFixed(0)} x a review of the rules alone`,
  );
});

async function seconds(act: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await act();
  return (performance.now() - since) / 1000;
}

/** What typing `text` at the end of the first rule's path costs. */
async function typing(page: Page, text: string): Promise<Tasks> {
  const card = page.getByRole("article", { name: "Policy 1: Secrets" });
  await card.getByRole("combobox", { name: "Value of Secret Path" }).focus();
  await page.keyboard.press("End");
  await page.waitForTimeout(500);
  return tasksDuring(page, async () => {
    await page.keyboard.type(text, { delay: 120 });
    await page.waitForTimeout(1_500);
  });
}

async function largeRole({ server }: App): Promise<string> {
  const fields = { name: "Large", slug: "large", description: "" };
  const rules = Array.from({ length: RULES }, (_, at) => ({
    subject: at % 2 === 0 ? "secrets" : "secret-folders",
    action: at % 2 === 0 ? ["describeSecret", "readValue"] : ["create"],
    conditions: {
      environment: { $in: ["dev", "staging"] },
      secretPath: { $glob: `/team-${at}/**` },
    },
  }));
  const made = await server.rpc("create_role", { fields, rules: JSON.stringify(rules) });
  if (made.outcome !== "done") throw new Error(`the role was refused: ${JSON.stringify(made)}`);
  await server.rpc("act_on_members", {
    selection: { kind: "matching", filter: {}, except: [] },
    act: { kind: "addRole", role: made.role, duration: { kind: "permanent" } },
  });
  return made.role;
}

function print(what: string, { longest, scripting, count }: Tasks): void {
  console.log(
    `  ${what}: longest task ${longest.toFixed(1)} ms, of it scripting at most ${scripting.toFixed(1)} ms; ${count} tasks above 16 ms`,
  );
}
