/** The history is searched, opened, restored, exported, and shows when somebody changed it. */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test, type App } from "../support/app.ts";
import { expectAccessible } from "../support/look.ts";
import { goTo, openMember, privilegeRow } from "../support/steps.ts";

/** Gives two privileges to one member and takes the first away again. */
async function somethingDone({ server }: App): Promise<void> {
  const { rows } = await server.rpc("list_members", {
    filter: { search: "legacy-billing-job" },
    sort: "relevance",
    descending: false,
    offset: 0,
    limit: 1,
  });
  const member = rows[0]?.id ?? "";
  for (const slug of ["retry-queue", "weekly-report"]) {
    const attached = await server.rpc("attach_privilege", {
      member,
      slug,
      duration: { kind: "timed", range: "4h" },
      policies: [
        {
          subject: "secrets",
          actions: ["readValue"],
          inverted: false,
          conditions: [{ property: "secretPath", operator: "$glob", values: ["/payments/**"] }],
        },
      ],
      reason: `For the ${slug}`,
      ticket: "",
    });
    if (slug === "retry-queue" && attached.outcome === "attached") {
      await server.rpc("remove_privilege", { privilege: attached.privilege.id });
    }
  }
}

function entries(page: Page) {
  return page.getByRole("region", { name: "What was done" }).getByRole("listitem");
}

test("the history is narrowed by words, member and kind of deed, and the address keeps it", async ({
  app,
  page,
}) => {
  await somethingDone(app);
  await goTo(page, "History");
  await expect(entries(page)).toHaveCount(3);
  await page.getByRole("searchbox", { name: "Filter by words" }).fill("retry");
  await expect(entries(page)).toHaveCount(2);
  await page.getByRole("button", { name: /Kind of deed/ }).click();
  await page.getByRole("option", { name: "Additional Privileges: Removed" }).click();
  await expect(entries(page)).toHaveCount(1);
  await page.reload();
  await expect(entries(page)).toHaveCount(1);
  await page.getByRole("searchbox", { name: "Filter by words" }).fill("no such words");
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).first().click();
  await expect(entries(page)).toHaveCount(3);
  const member = page.getByRole("combobox", { name: "Member" });
  await member.fill("legacy-billing");
  await page.getByRole("option", { name: /legacy-billing-job/ }).click();
  await expect(page).toHaveURL(/member=/);
  await expect(entries(page)).toHaveCount(3);
});

test("an entry opens to what it changed, and brings it back with a preview", async ({
  app,
  page,
}) => {
  await somethingDone(app);
  await goTo(page, "History");
  await page
    .getByRole("button", { name: /Removed the privilege retry-queue/, expanded: false })
    .click();
  const thing = page.getByRole("region", { name: "retry-queue of legacy-billing-job" });
  await expect(thing).toContainText("/payments/**");
  await expect(thing).toContainText("removed");
  await expect(page.getByText("ana", { exact: true }).first()).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Restore as before…" }).click();
  const dialog = page.getByRole("dialog", { name: "Restore as it was before" });
  await expect(dialog.getByRole("region", { name: /retry-queue/ })).toContainText("made");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("It was needed after all");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Restore" }).click();
  await expect(dialog).toBeHidden();
  await expect(entries(page).first()).toContainText("It was needed after all");

  await page.getByRole("button", { name: "Restore as before…" }).click();
  await expect(dialog).toContainText("Everything is as it was then");
  await expect(dialog.getByRole("button", { name: "Restore" })).toBeDisabled();
  await page.keyboard.press("Escape");
  await openMember(page, "legacy-billing-job");
  await expect(privilegeRow(page, "retry-queue")).toBeVisible();
});

test("the history is saved as JSON and CSV", async ({ app, page }) => {
  await somethingDone(app);
  await goTo(page, "History");
  const json = await exported(page, "JSON…", "checkout-app-history.json");
  expect((JSON.parse(json) as { entries: unknown[] }).entries).toHaveLength(3);
  expect(await exported(page, "CSV…", "checkout-app-history.csv")).toContain(
    "For the weekly-report",
  );
});

/** What the file has that `item` of the menu saves under `name`. */
async function exported(page: Page, item: string, name: string): Promise<string> {
  await page.getByRole("button", { name: "Export" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: item }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe(name);
  return readFileSync(await file.path(), "utf8");
}

test("an entry changed by another program is named on every screen, and nothing is lost", async ({
  app,
  page,
}) => {
  await somethingDone(app);
  await app.server.tamper(
    "DROP TRIGGER history_is_not_changed; UPDATE history SET reason = 'never' WHERE seq = 1",
  );
  await app.restart();
  const banner = page.getByRole("alert").filter({ hasText: "changed by another program" });
  await expect(banner).toContainText("1 entry changed");
  await banner.getByRole("link", { name: "Show" }).click();
  const list = page.getByRole("list", { name: "What was changed" });
  await expect(list).toContainText("Entry 1 about “retry-queue”");
  await expect(entries(page)).toHaveCount(3);
  await expectAccessible(page);
  await list.getByRole("link", { name: "Show it" }).click();
  await expect(page.getByText("never", { exact: true })).toBeVisible();
});
