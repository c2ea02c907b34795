/** Additional privileges and how long access counts: given, changed, taken back, planned. */
import type { PrivilegeDraft } from "../../../ui/src/api/generated/commands.ts";
import { expect, test, type App } from "../support/app.ts";
import { expectAccessible } from "../support/look.ts";
import {
  addCondition,
  addPolicies,
  busy,
  chooseActions,
  chooseDuration,
  goTo,
  openMember,
  policyCard,
  privilegeRow,
  save,
  startPrivilege,
} from "../support/steps.ts";
import type { Page } from "@playwright/test";

const HOUR = 3_600_000;

for (const who of ["Anders Holm", "ci-deployer"]) {
  test(`the seven steps of giving ${who} an additional privilege, and changing it afterwards`, async ({
    app: { page },
  }) => {
    await openMember(page, who);
    await startPrivilege(page);
    await addPolicies(page, "Secrets");
    const card = policyCard(page, 1, "Secrets");
    await chooseActions(card, "Describe Secret", "Read Value");
    await addCondition(card, { property: "Environment", operator: "Equal", value: "prod" });
    await page.getByRole("textbox", { name: "Privilege name" }).fill("Seven Steps");
    await expect(page.getByText("Saved as seven-steps")).toBeVisible();
    await chooseDuration(page, "4h");
    const effect = page.getByRole("complementary", { name: "What this grants" });
    await expect(effect.getByRole("heading", { name: "Effect" })).toBeVisible();
    await save(page);
    await expect(privilegeRow(page, "seven-steps")).toContainText(/in\s(4\sh|3\sh\s59\sm)/);

    await act(page, "seven-steps", "Edit…");
    await page.getByRole("textbox", { name: /^Reason/ }).fill("edited");
    // What is being worked out anew is dimmed for that long.
    await expect(busy(page)).toHaveCount(0);
    await expectAccessible(page);
    await save(page);
    await expect(privilegeRow(page, "seven-steps")).toContainText("edited");
    await act(page, "seven-steps", "Remove");
    await expect(privilegeRow(page, "seven-steps")).toBeHidden();
  });
}

test("each act on how long a privilege counts does what it says and can be taken back", async ({
  app,
  page,
}) => {
  const member = await give(app, "Anders Holm", { kind: "timed", range: "2h" });
  await app.visit(`/members/${member}`);
  const row = privilegeRow(page, "timed");
  const before = /in\s(2\sh|1\sh\s59\sm)/;
  await expect(row).toContainText(before);

  await act(page, "timed", "Extend…");
  const dialog = page.getByRole("dialog", { name: "Extend timed" });
  await expectAccessible(page);
  await expect(dialog.getByRole("textbox", { name: "Other duration" })).toBeFocused();
  await dialog.getByRole("textbox", { name: "Other duration" }).fill("1 month");
  await expect(dialog.getByText(/not months/)).toBeVisible();
  await dialog.getByRole("textbox", { name: "Other duration" }).fill("4h");
  await dialog.getByRole("button", { name: "Extend" }).click();
  await expect(row).toContainText(/in\s(6\sh|5\sh\s59\sm)/);
  await takeBack(page);
  await expect(row).toContainText(before);

  await act(page, "timed", "Shorten…");
  await page.getByRole("radio", { name: "From now" }).click();
  await page.getByRole("radio", { name: "15 m" }).click();
  await page.getByRole("button", { name: "Shorten" }).click();
  await expect(row).toContainText(/in\s1[45]\sm/);
  await takeBack(page);
  await expect(row).toContainText(before);

  for (const [name, then] of [
    ["End now", /ended/],
    ["Make permanent", "permanent"],
  ] as const) {
    await act(page, "timed", name);
    await expect(row).toContainText(then);
    await takeBack(page);
    await expect(row).toContainText(before);
  }

  await act(page, "timed", "End now");
  await expect(row).toContainText(/ended/);
  await act(page, "timed", "Renew…");
  await page.getByRole("dialog").getByRole("radio", { name: "1 h" }).click();
  await page.getByRole("button", { name: "Renew" }).click();
  await expect(row).toContainText(/in\s(1\sh|59\sm)/);
});

test("the timed access of two hundred members is extended with one preview", async ({ launch }) => {
  test.slow();
  const app = await launch({ scale: 400 });
  const { page, server } = app;
  const { rows } = await server.rpc("list_members", {
    filter: { kind: "user", search: "" },
    sort: "name",
    descending: false,
    offset: 0,
    limit: 200,
  });
  await server.rpc("act_on_members", {
    selection: { kind: "members", members: rows.map(({ id }) => id) },
    act: { kind: "attachPrivilege", draft: draft(null, "shared", { kind: "timed", range: "2h" }) },
  });
  await app.visit("/members");
  await page.getByRole("radio", { name: /^Users/ }).click();
  await page.getByRole("grid", { name: "Members" }).getByRole("row").nth(1).focus();
  await page.keyboard.press("Control+a");
  await page.getByRole("toolbar").getByRole("button", { name: "Extend" }).click();
  const dialog = page.getByRole("dialog", { name: /^Extend timed access of/ });
  await expect(dialog.getByText(/\d+ grants of \d+ members would change/)).toBeVisible();
  const summary = await dialog.getByText(/would change/).innerText();
  expect(Number(/of (\d+) members/.exec(summary)?.[1])).toBeGreaterThanOrEqual(200);
  await dialog.getByRole("button", { name: /^Extend \d+/ }).click();
  await expect(dialog).toBeHidden();
  await takeBack(page);
  await expect(page.getByText(/^Took back extending/)).toBeVisible();
});

test("a grant that is planned begins by itself while the program runs", async ({ app, page }) => {
  const member = await idOf(app, "Anders Holm");
  const start = new Date(Date.now() + 4_000).toISOString();
  await app.server.rpc("attach_privilege", {
    ...draft(member, "planned", { kind: "timed", range: "2h" }),
    start,
  });
  await app.visit(`/members/${member}`);
  await expect(page.getByRole("heading", { name: "Scheduled" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Scheduled" })).toBeHidden({ timeout: 20_000 });
  await expect(privilegeRow(page, "planned")).toContainText(/in\s(2\sh|1\sh\s59\sm)/);
});

test("a start that was missed is asked about before anything is given", async ({
  launch,
  page,
}) => {
  await page.clock.install();
  const app = await launch();
  const member = await idOf(app, "Anders Holm");
  await app.server.rpc("attach_privilege", {
    ...draft(member, "planned", { kind: "timed", range: "2h" }),
    start: new Date(Date.now() + HOUR).toISOString(),
  });
  await app.visit(`/members/${member}`);
  await app.sleep(1.5 * HOUR);
  await page.getByRole("button", { name: "Decide…" }).click({ timeout: 20_000 });
  await expect(page.getByRole("dialog", { name: "These should have begun" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: /^Give planned to/ }).click();
  await expect(page.getByRole("button", { name: "Decide…" })).toBeHidden();
});

test("what two windows change about one privilege is brought together in place", async ({
  app,
  page,
}) => {
  const member = await give(app, "Anders Holm", { kind: "timed", range: "2h" });
  await app.visit(`/members/${member}`);
  await act(page, "timed", "Edit…");
  await page.getByRole("textbox", { name: /^Reason/ }).fill("mine");

  const { privileges } = await app.server.rpc("member_detail", { member });
  const id = privileges.find(({ slug }) => slug === "timed")?.id ?? "";
  const opened = await app.server.rpc("open_privilege", { kind: "privilege", id });
  await app.server.rpc("edit_privilege", {
    ...draft(member, "timed", { kind: "kept" }),
    policies: opened.policies.map(({ policy }) => policy),
    reason: "theirs",
    ticket: "INC-7",
    edited: { grant: { kind: "privilege", id }, revision: opened.revision },
  });

  const overlap = page.getByRole("region", { name: "Changed elsewhere" });
  await expect(overlap).toContainText("Taken over: ticket");
  await expect(overlap).toContainText("theirs");
  await expectAccessible(page);
  await expect(page.getByRole("textbox", { name: /^Reason/ })).toHaveValue("mine");
  await overlap.getByRole("radio", { name: "Theirs" }).click();
  await expect(page.getByRole("textbox", { name: /^Reason/ })).toHaveValue("theirs");
  await overlap.getByRole("radio", { name: "Mine" }).click();
  await save(page);
  await expect(privilegeRow(page, "timed")).toContainText("mine");
});

test("one privilege is given to several members at once", async ({ app: { page } }) => {
  await goTo(page, "Members");
  await page.getByRole("radio", { name: /^Identities|^Machine/ }).click();
  await page.getByRole("grid", { name: "Members" }).getByRole("row").nth(1).focus();
  await page.keyboard.press("Control+a");
  await page.getByRole("toolbar").getByRole("button", { name: "Add privilege" }).click();
  await addPolicies(page, "Secrets");
  await page.getByRole("textbox", { name: "Privilege name" }).fill("for-all");
  await expect(page.getByRole("complementary")).toContainText(/\d+ members of \d+/);
  await page.getByRole("button", { name: "Save for all" }).click();
  await expect(page.getByText(/for-all · \d+ members/)).toBeVisible();
});

async function act(page: Page, privilege: string, name: string): Promise<void> {
  await page.getByRole("button", { name: `Acts on ${privilege}` }).click();
  await page.getByRole("menuitem", { name: new RegExp(`^${name}`) }).click();
}

/** Takes back what the newest note says. */
async function takeBack(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Undo" }).first().click();
}

async function idOf(app: App, name: string): Promise<string> {
  const { members } = await app.server.rpc("find", { text: name });
  const found = members.find(({ member }) => member.name === name);
  if (!found) throw new Error(`nobody is called ${name}`);
  return found.member.id;
}

async function give(app: App, name: string, duration: PrivilegeDraft["duration"]): Promise<string> {
  const member = await idOf(app, name);
  await app.server.rpc("attach_privilege", draft(member, "timed", duration));
  return member;
}

function draft(
  member: string | null,
  slug: string,
  duration: PrivilegeDraft["duration"],
): PrivilegeDraft {
  const policy = { subject: "secrets", actions: ["readValue"], inverted: false, conditions: [] };
  return { member, slug, duration, policies: [policy], reason: "", ticket: "" };
}
