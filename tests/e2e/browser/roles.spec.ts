/** Roles: what they allow is edited as a table, as cards and as text, and nothing is lost on the way. */
import type { Locator, Page } from "@playwright/test";
import { expect, test, type App } from "../support/app.ts";
import { press, tabTo, type } from "../support/keys.ts";
import { focused, goTo } from "../support/steps.ts";
import { expectAccessible, takePictures } from "../support/look.ts";

/** Read dev and staging everywhere, edit under /app in dev, never anything tagged pci. */
const WANTED = [
  {
    subject: "secrets",
    action: ["describeSecret", "readValue"],
    conditions: { environment: { $in: ["dev", "staging"] } },
  },
  {
    subject: "secrets",
    action: ["edit"],
    conditions: { environment: { $eq: "dev" }, secretPath: { $glob: "/app/**" } },
  },
  {
    subject: "secrets",
    action: ["describeSecret", "readValue", "create", "edit", "delete"],
    inverted: true,
    conditions: { secretTags: { $in: ["pci"] } },
  },
];

test("a role is built from nothing with the keyboard alone", async ({ app }) => {
  test.slow();
  const { page } = app;
  await page.keyboard.press("Alt+3");
  await expect(page.getByRole("heading", { name: "Roles", level: 1 })).toBeFocused();
  await page.keyboard.press("n");
  await expect(page.getByRole("dialog", { name: "New role" })).toBeVisible();
  await takePictures(page, "role-new");
  await type(page, "App editor");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "App editor", level: 1 })).toBeFocused();

  await test.step("reading, by one cell and one condition", async () => {
    await tabTo(page, cell(page, 0, 0));
    await press(page, "ArrowRight", "Space");
    await expect(cell(page, 0, 1)).toHaveAccessibleName(/: allowed$/);
    await page.keyboard.press("Enter");
    await inside(card(page, 1));
    await tabTo(page, card(page, 1).getByRole("button", { name: "Add condition" }));
    await page.keyboard.press("Enter");
    const value = card(page, 1).getByRole("combobox", { name: "Value of Environment" });
    await expect(value).toBeFocused();
    await page.keyboard.press("Shift+Tab");
    await choose(page, "In");
    await page.keyboard.press("Tab");
    await expect(value).toBeFocused();
    await type(page, "dev,staging,");
    await backToRow(page);
    await expect(cell(page, 0, 1)).toHaveAccessibleName(/under conditions$/);
  });

  await test.step("editing, by a rule of its own", async () => {
    await tabTo(page, page.getByRole("button", { name: "Add Allow" }));
    await page.keyboard.press("Enter");
    await inside(card(page, 2));
    await tabTo(page, card(page, 2).getByRole("button", { name: "Describe Secret" }));
    await moveTo(page, card(page, 2).getByRole("button", { name: "Modify" }));
    await page.keyboard.press("Space");
    await tabTo(page, card(page, 2).getByRole("button", { name: "Add condition" }));
    await page.keyboard.press("Enter");
    await type(page, "dev");
    await page.keyboard.press("Tab");
    await tabTo(page, card(page, 2).getByRole("button", { name: "Add condition" }));
    await page.keyboard.press("Enter");
    await expect(
      card(page, 2).getByRole("combobox", { name: "Value of Secret Path" }),
    ).toBeFocused();
    await type(page, "/app/**");
    await page.keyboard.press("Tab");
  });

  await test.step("never anything tagged pci", async () => {
    await backToRow(page);
    await tabTo(page, page.getByRole("button", { name: "Add Forbid" }));
    await page.keyboard.press("Enter");
    await inside(card(page, 3));
    await tabTo(page, card(page, 3).getByRole("button", { name: "All actions on Secrets" }));
    await page.keyboard.press("Enter");
    await tabTo(page, card(page, 3).getByRole("button", { name: "Add condition" }));
    await page.keyboard.press("Enter");
    await press(page, "Shift+Tab", "Shift+Tab");
    await choose(page, "Secret Tags");
    await press(page, "Tab", "Tab");
    await expect(
      card(page, 3).getByRole("combobox", { name: "Value of Secret Tags" }),
    ).toBeFocused();
    await type(page, "pci,");
    await backToRow(page);
  });

  await takePictures(page, "role-cards");
  await expectAccessible(page);
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Saved App editor")).toBeVisible();
  expect(await storedRules(app, "app-editor")).toEqual(WANTED);
});

test("the table moves, jumps, toggles and takes back with the keyboard", async ({ app }) => {
  const { page } = app;
  await openRole(page, "Metrics reader");
  const before = await storedText(app, "metrics-reader");
  await tabTo(page, cell(page, 0, 0));
  await type(page, "tag");
  await expect(focused(page)).toHaveAccessibleName(/^Tags/);
  const row = Number((await focused(page).getAttribute("data-cell"))?.split(":")[0]);

  await page.keyboard.press("Space");
  for (const column of [1, 2, 3, 4]) {
    await expect(cell(page, row, column)).toHaveAccessibleName(/: allowed$/);
  }
  await page.keyboard.press("Control+z");
  await expect(cell(page, row, 1)).toHaveAccessibleName(/: not granted$/);
  await page.keyboard.press("Control+Shift+z");
  await expect(cell(page, row, 4)).toHaveAccessibleName(/: allowed$/);
  await page.keyboard.press("Shift+Space");
  await expect(page.getByText("The server takes no Forbid on Tags")).toBeVisible();
  await page.keyboard.press("Control+z");

  await press(page, "Control+Home", "ArrowRight", "ArrowRight");
  await page.keyboard.press("Shift+Space");
  await expect(cell(page, 0, 2)).toHaveAccessibleName(/: forbidden$/);
  await press(page, "Shift+ArrowDown", "Control+d");
  await expect(cell(page, 1, 2)).toHaveAccessibleName(/: forbidden$/);
  await press(page, "Control+z", "Control+z");
  await expect(cell(page, 0, 2)).toHaveAccessibleName(/: not granted$/);
  await expect(page.getByRole("button", { name: /^Save/ })).toBeDisabled();

  await page.keyboard.press("End");
  await expect(focused(page)).not.toHaveAttribute("data-cell", "0:2");
  await press(page, "Control+End", "Home");
  await expect(focused(page)).toHaveAttribute("data-cell", /^\d{2}:0$/);
  expect(await storedText(app, "metrics-reader")).toBe(before);
});

test("rules are copied between roles and privileges, and left out of a role that is read only", async ({
  app,
}) => {
  test.slow();
  const { page } = app;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const copied = ((await storedRules(app, "metrics-reader")) as { subject: string }[]).filter(
    ({ subject }) => subject === "secrets",
  );
  const words = quantity(copied.length, "rule");
  const before = (await storedRules(app, "payments-reader")) as unknown[];

  await test.step("from one role to another, on their own subject", async () => {
    await openRole(page, "Metrics reader");
    await tabTo(page, cell(page, 0, 0));
    await page.keyboard.press("Control+c");
    await expect(page.getByText(`Copied ${words} as JSON`)).toBeVisible();
    await openRole(page, "Payments reader");
    await tabTo(page, cell(page, 0, 0));
    await type(page, "tag");
    await expect(focused(page)).toHaveAccessibleName(/^Tags/);
    await page.keyboard.press("Control+c");
    await expect(page.getByText("No rule is about Tags, so nothing was copied")).toBeVisible();
    await page.keyboard.press("Control+v");
    await expect(page.getByText(`Pasted ${words}, on their own`)).toBeVisible();
    await page.keyboard.press("Control+s");
    await expect(page.getByText("Saved Payments reader")).toBeVisible();
    const after = (await storedRules(app, "payments-reader")) as unknown[];
    expect(after).toHaveLength(before.length + copied.length);
    expect(after).toEqual(expect.arrayContaining(copied));
  });

  await test.step("not into a default role", async () => {
    await openRole(page, "Viewer");
    await tabTo(page, cell(page, 0, 0));
    const row = await focused(page).textContent();
    await page.keyboard.press("Control+v");
    await page.keyboard.press("Control+c");
    await expect(page.getByText(/^Copied \d+ rules? as JSON/).last()).toBeVisible();
    await expect(cell(page, 0, 0)).toHaveText(row ?? "");
  });

  await test.step("into a privilege, and from there into a role", async () => {
    const { members } = await app.server.rpc("find", { text: "ci-deployer" });
    await app.visit(`/members/${members[0]?.member.id}/privileges/new`);
    await page.getByRole("button", { name: "Paste" }).press("Enter");
    await expect(card(page, 1)).toBeVisible();
    await expect(page.getByRole("button", { name: "Copy policy 1" })).toBeEnabled();
    await takePictures(page, "privilege-pasted");
    await page.getByRole("button", { name: "Copy policy 1" }).press("Enter");
    await expect(page.getByText("Copied 1 rule as JSON")).toBeVisible();
    await page.getByRole("button", { name: "Cancel" }).press("Enter");
    await page.getByRole("button", { name: "Discard" }).press("Enter");
    await openRole(page, "On call");
    const held = ((await storedRules(app, "oncall")) as unknown[]).length;
    await tabTo(page, cell(page, 0, 0));
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Paste", exact: true }).press("Enter");
    await page.keyboard.press("Control+s");
    await expect(page.getByText("Saved On call")).toBeVisible();
    await expect
      .poll(async () => ((await storedRules(app, "oncall")) as unknown[]).length)
      .toBe(held + 1);
  });
});

test("everything except some values is written as the condition or the Forbid that says so", async ({
  app,
}) => {
  test.slow();
  const { page } = app;
  await openRole(page, "Payments operator");
  await tabTo(page, cell(page, 0, 0));
  await page.keyboard.press("Enter");
  const open = async () => {
    await card(page, 1).getByRole("button", { name: "Everything except…" }).press("Enter");
    const popover = page.getByRole("dialog", { name: "Everything except" });
    await expect(popover).toBeVisible();
    await tabTo(page, popover.getByRole("combobox", { name: "is one of" }));
    return popover;
  };

  const one = await open();
  await type(page, "prod,");
  await expect(one.getByText(/The rule gets a condition: Environment is not prod/)).toBeVisible();
  // The list of values covers what stands below it until the field is left.
  await page.keyboard.press("Tab");
  await expect(one.getByRole("button", { name: "Add the condition" })).toBeVisible();
  await takePictures(page, "role-except");
  await expectAccessible(page);
  await tabTo(page, one.getByRole("button", { name: "Add the condition" }));
  await page.keyboard.press("Enter");
  await expect(one).toBeHidden();
  await expect(
    card(page, 1)
      .getByRole("button", { name: /Operator/ })
      .last(),
  ).toHaveText("Not Equal");

  const several = await open();
  await type(page, "prod,staging,");
  await expect(several.getByText(/A Forbid on the same actions is added/)).toBeVisible();
  await page.keyboard.press("Tab");
  await tabTo(page, several.getByRole("button", { name: "Add the Forbid" }));
  await page.keyboard.press("Enter");
  await expect(several).toBeHidden();
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Saved Payments operator")).toBeVisible();
  await expect
    .poll(() => storedRules(app, "payments-operator"))
    .toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          inverted: true,
          conditions: { environment: { $in: ["prod", "staging"] } },
        }),
      ]),
    );
});

test("templates are merged into what a role allows, and taken back in one step", async ({
  app,
}) => {
  const { page } = app;
  await app.server.rpc("create_role", {
    fields: { name: "From templates", slug: "from-templates", description: "" },
    rules: JSON.stringify([{ subject: "tags", action: ["create"] }]),
  });
  await openRole(page, "From templates");
  const button = page.getByRole("button", { name: "Add Policies" });
  const add = async (...wanted: string[]) => {
    await tabTo(page, button);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "Add Policies" })).toBeVisible();
    for (const words of wanted) {
      await page.keyboard.press("Control+a");
      await type(page, words);
      await page.keyboard.press("Enter");
    }
    await page.keyboard.press("Control+Enter");
    await expect(button).toBeFocused();
  };
  await add("Secret Viewing Policies", "tags");
  await expect(page.getByRole("button", { name: "Undo: Add 2 choices" })).toBeVisible();
  const tags = page.getByRole("gridcell", { name: /^Read on Tags:/ });
  await expect(tags).toHaveAccessibleName(/: allowed$/);
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Saved From templates")).toBeVisible();
  const stored = (await storedRules(app, "from-templates")) as { subject: string }[];
  expect(stored.filter(({ subject }) => subject === "tags")).toEqual([
    { subject: "tags", action: ["create", "read"] },
  ]);
  expect(stored.find(({ subject }) => subject === "secrets")).toEqual({
    subject: "secrets",
    action: ["describeSecret", "readValue"],
  });

  await add("Secret Viewing Policies");
  await expect(page.getByText("the role allows all of it already")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(tags).toHaveAccessibleName(/: not granted$/);
});

test("every role opens with each cell as the engine decides it", async ({ app }) => {
  test.slow();
  const { page } = app;
  const { roles } = await app.server.rpc("list_roles", {});
  for (const { id, name } of roles) {
    const { rules } = await app.server.rpc("role_detail", { role: id });
    const review = await app.server.rpc("review_role", { rules, open: [], member: null });
    await app.visit(`/roles/${id}`);
    const grid = page.getByRole("grid", { name: `Permissions of ${name}` });
    await expect(grid).toHaveAttribute("aria-busy", "false");
    const shown = await grid.getByRole("gridcell").evaluateAll((cells) =>
      cells.flatMap((it) => {
        const { actions = "", state = "", subject = "" } = (it as HTMLElement).dataset;
        return actions === "" || actions.includes(" ") || state === "none"
          ? []
          : [`${subject} ${actions} ${state}`];
      }),
    );
    const decided = review.cells.map(
      ({ subject, action, access }) => `${subject} ${action} ${access}`,
    );
    // Actions that the catalogue does not offer have no cell until a rule names them.
    const missing = decided.filter((it) => !shown.includes(it));
    const extra = [...new Set(shown)].filter((it) => !decided.includes(it));
    expect({ name, missing, extra }).toEqual({ name, missing: [], extra: [] });
    await expect(page.getByRole("button", { name: /^Save/ })).toHaveCount(
      name === "Admin" || name === "Developer" || name === "Viewer" || name === "No Access" ? 0 : 1,
    );
  }
});

test("the JSON and the table are one, and what is not JSON is said at its line", async ({
  app,
}) => {
  const { page } = app;
  await openRole(page, "On call");
  await page.getByRole("tab", { name: "JSON" }).click();
  const text = page.getByRole("textbox", { name: "The rules as JSON" });
  await expect(text).toContainText("secret-rollback");
  await takePictures(page, "role-json");
  await expectAccessible(page);

  await text.fill('[\n  { "subject": "tags", "action": ["read"], "x-note": 1.50 },\n  {');
  await expect(page.getByText(/^Line 3, column \d+:/)).toBeVisible();
  await expect(page.getByText("The table waits until it is.")).toBeVisible();
  await takePictures(page, "role-json-error");
  await text.fill('[\n  { "subject": "tags", "action": ["read"], "x-note": 1.50 }\n]');
  await expect(page.getByText("The table waits until it is.")).toBeHidden();
  const tags = page.getByRole("gridcell", { name: /^Read on Tags: allowed/ });
  await expect(tags).toBeVisible();
  await page.getByRole("gridcell", { name: /^Create on Tags:/ }).click();
  await expect(text).toContainText('"create"');
  await page.getByRole("button", { name: /^Save/ }).click();
  await expect(page.getByText("Saved On call")).toBeVisible();
  expect(await storedText(app, "oncall")).toBe(
    '[{"subject":"tags","action":["read"],"x-note":1.50},{"subject":"tags","action":["create"]}]',
  );
});

test("edits that were not saved are back after the program was killed", async ({ app }) => {
  const { page } = app;
  await openRole(page, "Deployer");
  const create = page.getByRole("gridcell", { name: /^Create on Tags:/ });
  await create.click();
  await expect(create).toHaveAccessibleName(/: allowed$/);
  await expect
    .poll(async () => (await roleNamed(app, "deployer")).draft?.rules ?? "")
    .toContain("tags");
  await app.restart();
  await goTo(page, "Roles");
  await expect(page.getByRole("row", { name: /Deployer/ })).toContainText("unsaved");
  await openRole(page, "Deployer");
  await expect(page.getByText("that were not saved are back")).toBeVisible();
  await expect(create).toHaveAccessibleName(/: allowed$/);
  await takePictures(page, "role-restored");

  await test.step("with the steps that led to them", async () => {
    await page.getByRole("button", { name: "Undo: Allow Create on Tags" }).click();
    await expect(create).toHaveAccessibleName(/: not granted$/);
    await page.getByRole("button", { name: "Redo: Allow Create on Tags" }).click();
    await expect(create).toHaveAccessibleName(/: allowed$/);
  });

  await page.getByRole("button", { name: "Discard them" }).click();
  await expect(create).toHaveAccessibleName(/: not granted$/);
  await expect.poll(async () => (await roleNamed(app, "deployer")).draft).toBeNull();
});

test("a role that was changed elsewhere asks before anything is replaced", async ({ app }) => {
  const { page } = app;
  await openRole(page, "Legacy sync");
  await page.getByRole("gridcell", { name: /^Create on Tags:/ }).click();
  const { id, revision } = await roleNamed(app, "legacy-sync");
  await app.server.rpc("save_role", {
    role: id,
    base: revision,
    rules: '[{"subject":"role","action":["read"]}]',
    acceptRefusals: false,
  });
  await expect(page.getByText("This role was changed elsewhere")).toBeVisible();
  await takePictures(page, "role-overtaken");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Take the saved rules" }).click();
  await expect(page.getByRole("gridcell", { name: /^Read on Roles: allowed/ })).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(page.getByRole("gridcell", { name: /^Create on Tags: allowed/ })).toBeVisible();
  await page.getByRole("button", { name: /^Save/ }).click();
  await expect(page.getByText("Saved Legacy sync")).toBeVisible();
  expect(await storedText(app, "legacy-sync")).toContain('"tags"');
});

test("a role that is held goes only with another one in its place", async ({ app }) => {
  const { page } = app;
  await goTo(page, "Roles");
  await page.getByRole("row", { name: /Deployer/ }).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Delete the role Deployer?" });
  await expect(dialog.getByRole("list", { name: "Who has Deployer" })).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Reassign and delete" })).toBeDisabled();
  await takePictures(page, "role-delete");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: /Role instead/ }).click();
  await page.getByRole("option", { name: /^Viewer/ }).click();
  await dialog.getByRole("button", { name: "Reassign and delete" }).click();
  await expect(page.getByRole("row", { name: /Deployer/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("row", { name: /Deployer/ })).toHaveCount(1);
});

test("odd rules are shown, kept and explained", async ({ app }) => {
  const { page } = app;
  const odd =
    '[7,{"subject":"planets","action":["orbit","orbit"],"conditions":{"size":{"$gt":1e2}}},' +
    '{"action":["read"]},{"subject":"secrets","action":"readValue","inverted":"yes","conditions":{"environment":{"$in":"dev"}}}]';
  const { id, revision } = await roleNamed(app, "oncall");
  await app.server.rpc("save_role", { role: id, base: revision, rules: odd, acceptRefusals: true });
  await openRole(page, "On call");
  await page.getByRole("rowheader", { name: /^planets/ }).click();
  await expect(page.getByText("This catalogue does not know the subject.")).toBeVisible();
  await page.getByRole("rowheader", { name: /^Without a subject/ }).click();
  await expect(page.getByText("Item 1 is no rule.")).toBeVisible();
  await takePictures(page, "role-odd");
  await expectAccessible(page);
  await page.getByRole("gridcell", { name: /^Create on Tags:/ }).click();
  await page.getByRole("button", { name: /^Save/ }).click();
  await expect(page.getByText("Saved On call")).toBeVisible();
  expect(await storedText(app, "oncall")).toBe(
    `${odd.slice(0, -1)},{"subject":"tags","action":["create"]}]`,
  );
});

test("a role with two thousand rules and a text of 200 kB stay usable", async ({ app }) => {
  test.slow();
  const { page } = app;
  const rules = Array.from({ length: 2_000 }, (_, at) => ({
    subject: at % 2 === 0 ? "secrets" : "secret-folders",
    action: at % 2 === 0 ? ["describeSecret", "readValue"] : ["create"],
    conditions: { secretPath: { $glob: `/team-${at}/**` } },
  }));
  const text = JSON.stringify(rules);
  expect(text.length).toBeGreaterThan(200_000);
  await openRole(page, "On call");
  await page.getByRole("tab", { name: "JSON" }).click();
  await page.getByRole("textbox", { name: "The rules as JSON" }).fill(text);
  await expect(page.getByRole("rowheader", { name: /^Secrets secrets/ })).toContainText(
    /1.000 rules/,
  );
  const tags = page.getByRole("gridcell", { name: /^Create on Tags:/ });
  await tags.click();
  await expect(tags).toHaveAccessibleName(/: allowed$/, { timeout: 40_000 });
  await page.getByRole("button", { name: /^Save/ }).click();
  await expect(page.getByText("Saved On call")).toBeVisible({ timeout: 40_000 });
  expect(await storedRules(app, "oncall")).toHaveLength(2_001);

  await test.step("only the cards in view are there, and any of them can be reached", async () => {
    await page.getByRole("rowheader", { name: /^Secrets secrets/ }).click();
    await expect(page.getByRole("button", { name: "Remove rule 1", exact: true })).toBeVisible();
    expect(await page.getByRole("button", { name: /^Remove rule/ }).count()).toBeLessThan(30);
    const far = page.getByRole("article", { name: "Policy 1001: Secrets" });
    await far.scrollIntoViewIfNeeded();
    const remove = page.getByRole("button", { name: "Remove rule 1001" });
    await expect(remove).toBeVisible();
    await remove.click();
    await expect(page.getByRole("rowheader", { name: /^Secrets secrets/ })).toContainText("999");
  });
});

/** The cell of the table at this place. */
function cell(page: Page, row: number, column: number): Locator {
  return page.locator(`[data-cell="${row}:${column}"]`);
}

function card(page: Page, place: number): Locator {
  return page.getByRole("article", { name: `Policy ${place}: Secrets` });
}

/** Waits until the focus is inside. */
async function inside(target: Locator): Promise<void> {
  await expect.poll(() => target.evaluate((it) => it.contains(document.activeElement))).toBe(true);
}

/** Chooses from the list whose button has the focus. */
async function choose(page: Page, option: string): Promise<void> {
  await expect(focused(page)).toHaveRole("button");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("listbox")).toBeVisible();
  const wanted = page.getByRole("option", { name: option, exact: true });
  await press(page, "Home");
  for (let steps = 0; steps < 12; steps += 1) {
    if (await wanted.evaluate((it) => it === document.activeElement)) break;
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await expect(page.getByRole("listbox")).toBeHidden();
  await expect(focused(page)).toHaveRole("button");
}

/** Moves right within a group until `target` has the focus. */
async function moveTo(page: Page, target: Locator): Promise<void> {
  for (let steps = 0; steps < 12; steps += 1) {
    if (await target.evaluate((it) => it === document.activeElement)) break;
    await page.keyboard.press("ArrowRight");
  }
  await expect(target).toBeFocused();
}

/** Leaves the cards for the row they belong to. */
async function backToRow(page: Page): Promise<void> {
  for (let steps = 0; steps < 4; steps += 1) {
    if (await focused(page).evaluate((it) => it.hasAttribute("data-cell"))) break;
    await page.keyboard.press("Escape");
  }
  await expect(cell(page, 0, 0)).toBeFocused();
}

async function openRole(page: Page, name: string): Promise<void> {
  await goTo(page, "Roles");
  await page.getByRole("row", { name: new RegExp(`^${name}`) }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
}

async function roleNamed(app: App, slug: string) {
  const { roles } = await app.server.rpc("list_roles", {});
  const found = roles.find((role) => role.slug === slug);
  if (!found) throw new Error(`there is no role ${slug}`);
  return app.server.rpc("role_detail", { role: found.id });
}

async function storedText(app: App, slug: string): Promise<string> {
  return (await roleNamed(app, slug)).rules;
}

async function storedRules(app: App, slug: string): Promise<unknown> {
  return JSON.parse(await storedText(app, slug));
}

function quantity(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
