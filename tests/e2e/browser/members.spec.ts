/** Who is in the project: found, added, changed, and what they can do at all. */
import type { Locator, Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { expect, test } from "../support/app.ts";
import { expectAccessible, expectNoSidewaysScroll, takePictures } from "../support/look.ts";
import { focused, openMember } from "../support/steps.ts";

test("filters stand as chips, are steps of the way back, and are kept under a name", async ({
  app,
  page,
}) => {
  await app.visit("/members");
  const all = await count(page);
  await choose(page, "Role", "Developer");
  const developers = await count(page, all);
  expect(developers).toBeLessThan(all);
  await choose(page, "More", "Has Forbid");
  const forbidden = await count(page, developers);
  expect(forbidden).toBeLessThan(developers);
  await expect(page).toHaveURL(/facts=/);

  await page.goBack();
  await expect(page.getByRole("button", { name: /Remove the filter/ })).toHaveCount(1);
  await page.goForward();
  await expect(page.getByRole("button", { name: /Remove the filter/ })).toHaveCount(2);
  await expectAccessible(page);
  await takePictures(page, "members-filtered");

  await page.getByRole("button", { name: "Save filter" }).click();
  const form = page.getByRole("dialog", { name: "Save filter" });
  await form.getByRole("button", { name: "Save", exact: true }).click();
  await expect(form.getByText(/give the filter a name/i)).toBeVisible();
  await form.getByRole("textbox", { name: "Name of the filter" }).fill("Held back");
  await form.getByRole("button", { name: "Save", exact: true }).click();
  await expect(form).toBeHidden();

  await page.getByRole("button", { name: "Clear all" }).click();
  expect(await count(page, forbidden)).toBe(all);
  await page.getByRole("button", { name: "Saved filters" }).click();
  const kept = page.getByRole("dialog", { name: "Saved filters" });
  await kept.getByRole("button", { name: "Rename Held back" }).click();
  await kept.getByRole("textbox", { name: "Name of the filter" }).fill("Forbidden developers");
  await page.keyboard.press("Enter");
  await kept.getByRole("button", { name: "Forbidden developers", exact: true }).click();
  await expect(kept).toBeHidden();
  expect(await count(page, all)).toBe(forbidden);

  await page.getByRole("button", { name: "Forbidden developers" }).click();
  await kept.getByRole("button", { name: "Forget Forbidden developers" }).click();
  await expect(kept.getByText(/No filter is saved yet/)).toBeVisible();
});

for (const [menu, option] of [
  ["Expiry", "Ended and still stored"],
  ["Group", "payments"],
  ["More", "Wide access"],
] as const) {
  test(`the list is filtered by ${menu}: ${option}`, async ({ app, page }) => {
    await app.visit("/members");
    const all = await count(page);
    await choose(page, menu, option);
    const left = await count(page, all);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(all);
    await page.getByRole("button", { name: /Remove the filter/ }).click();
    expect(await count(page, left)).toBe(all);
  });
}

test("a filter that nobody passes says so, and is taken back from there", async ({ app, page }) => {
  await app.visit("/members");
  await choose(page, "Role", "Admin");
  await page.getByRole("radio", { name: "Groups" }).click();
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await takePictures(page, "members-filtered-nobody");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page.getByRole("row").nth(5)).toBeVisible();
});

for (const column of ["Roles", "Via groups"]) {
  test(`the list is sorted by ${column}`, async ({ app, page }) => {
    await app.visit("/members");
    const header = page.getByRole("columnheader", { name: column });
    await header.click();
    await expect(header).toHaveAttribute("aria-sort", "ascending");
    const few = await page.getByRole("row").nth(1).textContent();
    await header.click();
    await expect(header).toHaveAttribute("aria-sort", "descending");
    await expect(page.getByRole("row").nth(1)).not.toHaveText(few ?? "");
  });
}

test("an identity is added with metadata by the keyboard alone, and its policies can use it", async ({
  app,
  page,
}) => {
  await app.visit("/members");
  const add = page.getByRole("button", { name: "Add", exact: true });
  await add.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Add a machine identity" });
  await expect(dialog.getByRole("textbox", { name: "Name", exact: true })).toBeFocused();
  await page.keyboard.type("billing-exporter");
  const role = dialog.getByRole("combobox", { name: "Role" });
  // The auth methods lie between; their list opens and closes on the way.
  for (let stop = 0; stop < 4; stop++) await page.keyboard.press("Tab");
  await expect(role).toBeFocused();
  await page.keyboard.type("View");
  await page.getByRole("option", { name: "Viewer" }).waitFor();
  await page.keyboard.press("Enter");
  await expect(role).toHaveValue("Viewer");
  await page.keyboard.press("Tab");
  await expect(focused(page)).toHaveText("Add metadata");
  await page.keyboard.press("Enter");
  await page.keyboard.type("team");
  await page.keyboard.press("Tab");
  await page.keyboard.type("payments");
  await expectAccessible(page);
  await takePictures(page, "member-add-identity");
  // From a line of metadata Enter adds the member.
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "billing-exporter", level: 1 })).toBeVisible();
  await expect(about(page)).toContainText("team=payments");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("There is no such member")).toBeVisible();
});

test("what is wrong with a member is said at its field, and nothing typed is lost", async ({
  app,
  page,
}) => {
  await app.visit("/members");
  await openAdd(page, "User…");
  const dialog = page.getByRole("dialog", { name: "Add a user" });
  const field = (name: string) => dialog.getByRole("textbox", { name });
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(field("Name").first()).toHaveAccessibleDescription(/Give a name/);
  await expect(field("Name").first()).toBeFocused();
  await field("Name").first().fill("Ann Lee");
  await field("E-mail").fill("ann at example");
  await expect(field("E-mail")).toHaveAccessibleDescription(/write it as in ann@example.com/);
  await field("E-mail").fill("alice.laurent@acme.example");
  await expect(field("E-mail")).toHaveAccessibleDescription(/is taken by Alice Laurent/);
  await expect(dialog.getByText(/choose a role/i)).toBeVisible();
  await dialog.getByRole("button", { name: "Add metadata" }).click();
  await page.keyboard.type("team");
  await dialog.getByRole("button", { name: "Add metadata" }).click();
  await page.keyboard.type("team");
  await expect(field("Key 2")).toHaveAccessibleDescription(/the key of line 1 already/);
  await takePictures(page, "member-add-refused");

  await page.keyboard.press("Escape");
  await expect(dialog.getByText("Give up what you typed?")).toBeVisible();
  await dialog.getByRole("button", { name: "Keep editing" }).click();
  await expect(field("Name").first()).toHaveValue("Ann Lee");
});

test("a group is added with members, who get what it has until they leave it", async ({
  app,
  page,
}) => {
  await app.visit("/members");
  await openAdd(page, "Group…");
  const dialog = page.getByRole("dialog", { name: "Add a group" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("Équipe Paiements");
  await expect(dialog.getByRole("textbox", { name: "Slug" })).toHaveValue("equipe-paiements");
  await pick(page, dialog.getByRole("combobox", { name: "Role" }), "Payments operator");
  const members = dialog.getByRole("combobox", { name: /^Members/ });
  await pick(page, members, "Anders Holm");
  await pick(page, members, "ci-deployer");
  // Leaving the field closes the list below it.
  await members.press("Tab");
  await expect(dialog.getByRole("button", { name: /^Take out/ })).toHaveCount(2);
  await expectAccessible(page);
  await takePictures(page, "member-add-group");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();

  await expect(page.getByRole("heading", { name: "Équipe Paiements", level: 1 })).toBeVisible();
  const card = page.getByRole("region", { name: "Members" });
  await card.getByRole("button", { name: "Take ci-deployer out of the group" }).click();
  await expect(card.getByRole("link", { name: "ci-deployer" })).toBeHidden();
  await takePictures(page, "member-group-members");

  await card.getByRole("link", { name: "Anders Holm" }).click();
  const roles = page.getByRole("region", { name: "Project Roles" });
  await expect(roles).toContainText("through");
  await expect(roles.getByRole("link", { name: "Équipe Paiements" })).toBeVisible();
});

test("a cell of the matrix opens the rules behind it, by pointer and by keyboard", async ({
  app: { page },
}) => {
  // Hundreds of cells are looked at in both themes.
  test.slow();
  await openMember(page, "Isabella Conti");
  await page.getByRole("tab", { name: "Effective permissions" }).click();
  const grid = page.getByRole("grid", { name: "What Isabella Conti can do" });
  const why = page.getByRole("complementary", { name: "Why" });
  await grid.getByRole("gridcell", { name: /^Modify on Secrets: / }).click();
  await expect(why.getByRole("heading", { name: "Modify · Secrets" })).toBeVisible();
  await expect(why).toContainText("Allowed and forbidden in parts");
  await expect(why.getByRole("listitem").filter({ hasText: "Forbid" })).toContainText(
    "Payments operator",
  );
  await expectAccessible(page);
  await takePictures(page, "member-permissions");

  await page.keyboard.press("ArrowDown");
  await expect(why.getByRole("heading", { name: "Modify · Secret Folders" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(why.getByRole("heading")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(focused(page)).toHaveText("Developer");
  await page.keyboard.press("Escape");
  await expect(focused(page)).toHaveAccessibleName(/^Modify on Secret Folders/);

  await page.getByRole("radio", { name: /^Forbidden/ }).click();
  await expect(grid.getByRole("row")).toHaveCount(3);
  await expectAccessible(page);
  await page.getByRole("searchbox", { name: /^Filter subjects/ }).fill("certificate");
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await page.getByRole("searchbox", { name: /^Filter subjects/ }).fill("payments operator");
  await expect(grid.getByRole("rowheader", { name: /^Secrets/ }).first()).toBeVisible();
});

test("the matrix is taken away as a file of comma-separated values", async ({ app: { page } }) => {
  await openMember(page, "Isabella Conti");
  await page.getByRole("tab", { name: "Effective permissions" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV" }).click();
  const file = await download;
  const lines = readFileSync(await file.path(), "utf8")
    .trim()
    .split("\r\n");
  expect(lines[0]).toBe("Area,Subject,Subject slug,Action,Action slug,Access,Sources");
  expect(lines.length).toBeGreaterThan(100);
  const value = lines.find((line) => line.includes(",secrets,Read Value,readValue,"));
  expect(value).toContain("Allowed and forbidden in parts");
  expect(value).toContain("role Payments operator through the group payments");
});

test("a role gets an end only while another one is permanent", async ({ app: { page } }) => {
  await openMember(page, "Anders Holm");
  const acts = page.getByRole("button", { name: "Acts on the role Payments reader" });
  await acts.click();
  const end = page.getByRole("menuitem", { name: /^Set an end/ });
  await expect(end).toBeDisabled();
  await expect(end).toContainText("give another permanent role first");
  await takePictures(page, "member-only-role");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Add role" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a role to Anders Holm" });
  await pick(page, dialog.getByRole("combobox", { name: "Role" }), "Viewer");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Add role" }).click();
  const roles = page.getByRole("region", { name: "Project Roles" });
  await expect(roles.getByRole("link", { name: "Viewer" })).toBeVisible();

  await acts.click();
  await end.click();
  const shorten = page.getByRole("dialog", { name: /Payments reader/ });
  await shorten.getByRole("textbox", { name: "Other duration" }).fill("8h");
  await shorten.getByRole("button", { name: /^(Set|Shorten)/ }).click();
  await expect(shorten).toBeHidden();
  await expect(roles.getByRole("listitem").filter({ hasText: "Payments reader" })).toContainText(
    /in\s(8\sh|7\sh)/,
  );
});

test("a role begins later; an end before its start is refused at the duration", async ({
  app: { page },
}) => {
  await openMember(page, "Anders Holm");
  await page.getByRole("button", { name: "Add role" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a role to Anders Holm" });
  await pick(page, dialog.getByRole("combobox", { name: "Role" }), "Viewer");
  await dialog.getByRole("radio", { name: "Later" }).click();
  await dialog.getByRole("radio", { name: "Until" }).click();
  // The start goes past the end, which is the coming midnight.
  const year = dialog.getByRole("spinbutton", { name: /year/i }).last();
  await year.press("ArrowUp");
  await dialog.getByRole("button", { name: "Schedule role" }).click();
  await expect(dialog.getByRole("status")).toContainText(/end/i);
  await takePictures(page, "member-role-later");
  await dialog.getByRole("radio", { name: "Timed" }).click();
  await dialog.getByRole("textbox", { name: "Other duration" }).fill("0");
  await expect(dialog.getByRole("status")).toContainText(/longer than nothing/);
  await dialog.getByRole("radio", { name: "8 h" }).click();
  await dialog.getByRole("button", { name: "Schedule role" }).click();
  await expect(page.getByRole("region", { name: "Scheduled" })).toContainText("Viewer");
});

test("a member that another window removes is said in the dialog, and can be added anew", async ({
  app,
  page,
}) => {
  await openMember(page, "Anders Holm");
  await page.getByRole("button", { name: "Acts on Anders Holm" }).click();
  await page.getByRole("menuitem", { name: "Edit…" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit Anders Holm" });
  await dialog.getByRole("textbox", { name: "Name", exact: true }).fill("Anders Holm-Berg");
  const member = /members\/([^?]+)/.exec(page.url())?.[1] ?? "";
  await app.server.rpc("act_on_members", {
    selection: { kind: "members", members: [member] },
    act: { kind: "remove" },
  });
  await expect(
    dialog.getByText("Anders Holm was removed from the project meanwhile"),
  ).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, "member-gone");
  await dialog.getByRole("button", { name: "Add as a new member instead" }).click();
  const anew = page.getByRole("dialog", { name: "Add a user" });
  await pick(page, anew.getByRole("combobox", { name: "Role" }), "Viewer");
  await anew.getByRole("button", { name: "Add", exact: true }).click();
  await expect(anew).toBeHidden();
});

test("what another window changes about a member is brought together in the dialog", async ({
  app,
  page,
}) => {
  const name = (one: Page) => one.getByRole("textbox", { name: "Name", exact: true });
  const edit = async (one: Page) => {
    await openMember(one, "Anders Holm");
    await one.getByRole("button", { name: "Acts on Anders Holm" }).click();
    await one.getByRole("menuitem", { name: "Edit…" }).click();
    await expect(name(one)).toHaveValue("Anders Holm");
  };
  // The second window hears of nothing, as when two saves coincide.
  const deaf = await page.context().newPage();
  await deaf.route("**/__core/events?*", (route) => route.abort());
  await deaf.goto(app.server.address.href);
  await edit(deaf);
  await edit(page);
  await name(deaf).fill("Mine");
  await name(page).fill("Theirs");
  await page.getByRole("textbox", { name: "E-mail" }).fill("theirs@acme.example");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Theirs", level: 1 })).toBeVisible();

  await deaf.getByRole("button", { name: "Save" }).click();
  const overlap = deaf.getByRole("region", { name: "Changed elsewhere" });
  await expect(overlap).toContainText("Taken over: e-mail");
  await expect(overlap).toContainText("Theirs Theirs");
  await expectAccessible(deaf);
  await takePictures(deaf, "member-overlap");
  await expect(name(deaf)).toHaveValue("Mine");
  await expect(deaf.getByRole("textbox", { name: "E-mail" })).toHaveValue("theirs@acme.example");
  await overlap.getByRole("radio", { name: "Theirs" }).click();
  await expect(name(deaf)).toHaveValue("Theirs");
  await overlap.getByRole("radio", { name: "Mine" }).click();
  await deaf.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Mine", level: 1 })).toBeVisible();
  await deaf.close();
});

test("a menu near the bottom leaves the row in sight that it is about", async ({ app, page }) => {
  await app.visit("/members");
  await page.setViewportSize({ width: 1024, height: 700 });
  const row = page.getByRole("row").nth(14);
  await row.click({ button: "right", position: { x: 300, y: 16 } });
  const menu = page.getByRole("menu");
  await expect(menu).toBeVisible();
  expect(overlap(await row.boundingBox(), await menu.boundingBox())).toBe(0);
  await expectNoSidewaysScroll(page);
});

/** How many members are listed; waits until they are not `before` any more. */
async function count(page: Page, before?: number): Promise<number> {
  const words = page.getByRole("status").filter({ hasText: /\d members?/ });
  const read = async () => Number((await words.textContent())?.replace(/\D/g, ""));
  if (before === undefined) await expect.poll(read).toBeGreaterThan(0);
  else await expect.poll(read).not.toBe(before);
  return read();
}

async function choose(page: Page, menu: string, option: string): Promise<void> {
  await page.getByRole("button", { name: new RegExp(`^${menu}\\b`) }).click();
  const dialog = page.getByRole("dialog", { name: menu });
  const list = dialog.getByRole("listbox");
  await dialog.getByRole("option", { name: new RegExp(`^${option}\\b`) }).waitFor();
  const isSeveral = (await list.getAttribute("aria-multiselectable")) === "true";
  await dialog.getByRole("option", { name: new RegExp(`^${option}\\b`) }).click();
  // A choice of one closes by itself.
  if (isSeveral) await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
}

async function openAdd(page: Page, kind: string): Promise<void> {
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("menuitem", { name: kind }).click();
}

async function pick(page: Page, field: Locator, option: string): Promise<void> {
  await field.fill(option);
  await page
    .getByRole("option", { name: new RegExp(`^${option}`) })
    .first()
    .click();
}

interface Box {
  y: number;
  height: number;
}

/** How far two boxes cover each other from top to bottom, in pixels. */
function overlap(one: Box | null, other: Box | null): number {
  if (!one || !other) return Number.NaN;
  const top = Math.max(one.y, other.y);
  return Math.max(0, Math.min(one.y + one.height, other.y + other.height) - top);
}

function about(page: Page): Locator {
  return page.getByRole("complementary", { name: "About this member" });
}
