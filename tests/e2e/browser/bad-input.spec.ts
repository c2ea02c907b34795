/** What cannot be saved is refused at its field, with the reason, and nothing that was written is lost. */
import type { Locator, Page } from "@playwright/test";
import { expect, test, type App } from "../support/app.ts";
import { takePictures } from "../support/look.ts";
import {
  addCondition,
  addPolicies,
  chooseActions,
  chooseDuration,
  openMember,
  policyCard,
  privilegeRow,
  save,
  startPrivilege,
} from "../support/steps.ts";

const WHO = "Alice Laurent";
const TAKEN = /incident-payments is taken/;

test.beforeEach(async ({ app: { page } }) => {
  await openMember(page, WHO);
  await startPrivilege(page);
});

test("a name of which no slug is left is refused at the name", async ({ app, page }) => {
  await writeAll(page, { name: "!!!" });
  await expectRefused(app, field(page, "Privilege name"), /name is needed/);
});

test("a name that is too long is refused at the name", async ({ app, page }) => {
  await writeAll(page, { name: "a".repeat(61) });
  await expectRefused(app, field(page, "Privilege name"), /61 characters; at most 60/);
});

test("a name that the member has already is refused at the name", async ({ app, page }) => {
  await writeAll(page, { name: "incident-payments" });
  await expectRefused(app, field(page, "Privilege name"), TAKEN);
});

test("a name in another form says as what it is saved", async ({ app: { page } }) => {
  await field(page, "Privilege name").fill("Incident 4711 (EU)");
  await expect(page.getByText("Saved as incident-4711-eu")).toBeVisible();
});

const DURATIONS = {
  "1h30m": /one number and one unit/,
  "1mo": /one number and one unit/,
  "1 month": /not months/,
  soon: /one number and one unit/,
  "-1h": /longer than/,
  "0": /longer than nothing/,
  "9999y": /too long|far|year/,
};
for (const [range, says] of Object.entries(DURATIONS)) {
  test(`the duration ${range} is refused at the duration`, async ({ app, page }) => {
    await writeAll(page, { duration: range });
    await expectRefused(app, field(page, "Other duration"), says);
  });
}

test("an end before the start is refused at the duration", async ({ app, page }) => {
  await writeAll(page, {});
  await page
    .getByRole("radiogroup", { name: "Duration" })
    .getByRole("radio", { name: "Until" })
    .click();
  await page
    .getByRole("radiogroup", { name: "Begins" })
    .getByRole("radio", { name: "Later" })
    .click();
  // The end is the coming midnight; the start moves a year past it.
  const start = page.getByRole("group", { name: "Start" });
  await start.getByRole("spinbutton", { name: /year/i }).press("ArrowUp");
  await save(page);
  const duration = page.getByRole("group", { name: "Duration" });
  await expect(duration.getByRole("status")).toContainText(/end/i);
  await expectNothingSaved(app);
});

test("accents and capitals of a name become a slug while it is typed", async ({
  app: { page },
}) => {
  await field(page, "Privilege name").fill("Équipe Paiements – Été");
  await expect(page.getByText("Saved as equipe-paiements-ete")).toBeVisible();
});

test("a member that is removed meanwhile is said where it is saved, and the form stays", async ({
  app,
  page,
}) => {
  await writeAll(page, {});
  const member = /members\/([^/?]+)/.exec(page.url())?.[1] ?? "";
  await app.server.rpc("act_on_members", {
    selection: { kind: "members", members: [member] },
    act: { kind: "remove" },
  });
  await save(page);
  const said = page.getByRole("alert").filter({ hasText: "Not saved" });
  await expect(said).toContainText("member does not exist any more");
  await expect(said).toContainText("brought back in the history");
  await expect(field(page, "Privilege name")).toHaveValue("fine-name");
  await expect(policyCard(page, 1, "Secrets")).toBeVisible();
  await takePictures(page, "privilege-member-gone");

  const { entries } = await app.server.history();
  await app.server.rpc("undo", { history: entries[0]?.id ?? "" });
  await save(page);
  await expect(privilegeRow(page, "fine-name")).toBeVisible();
});

test("a privilege without policies is refused at the policies", async ({ app, page }) => {
  await writeAll(page, { policies: "none" });
  await save(page);
  await expect(page.getByText(/without policies grants nothing/)).toHaveCount(2);
  await expect(page.getByRole("button", { name: "Add Policies" })).toBeFocused();
  await expectNothingSaved(app);
});

test("a policy without actions is refused at its actions", async ({ app, page }) => {
  await writeAll(page, {});
  const card = policyCard(page, 1, "Secrets");
  await chooseActions(card);
  await save(page);
  await expect(card.getByText(/choose at least one action/i)).toBeVisible();
  await expectNothingSaved(app);
});

const CONDITIONS = [
  { what: "an empty value", operator: "Equal", value: "", says: /give a value for Secret Path/i },
  { what: "a relative path", operator: "Equal", value: "payments/eu", says: /starts with/ },
];
for (const { what, operator, value, says } of CONDITIONS) {
  test(`a condition with ${what} is refused at its value`, async ({ app, page }) => {
    await writeAll(page, {});
    const card = policyCard(page, 1, "Secrets");
    const row = await addCondition(card, { property: "Secret Path", operator, value });
    await save(page);
    const at = row.getByRole("combobox", { name: "Value of Secret Path" });
    await expect(at).toBeFocused();
    await expect(at).toHaveAccessibleDescription(says);
    await expect(at).toHaveValue(value);
    await expectNothingSaved(app);
  });
}

test("everything wrong is listed beside the form, and leads to its field", async ({
  app,
  page,
}) => {
  await writeAll(page, { name: "incident-payments", duration: "1mo" });
  await addCondition(policyCard(page, 1, "Secrets"), {
    property: "Environment",
    operator: "Equal",
    value: "nowhere",
  });
  await save(page);
  const pane = page.getByRole("complementary", { name: "What this grants" });
  await takePictures(page, "privilege-refused");
  await pane.getByRole("button", { name: /one number and one unit/ }).click();
  await expect(field(page, "Other duration")).toBeFocused();
  await pane.getByRole("button", { name: TAKEN }).click();
  await expect(field(page, "Privilege name")).toBeFocused();
  await expect(pane.getByRole("button", { name: /no environment/ })).toBeVisible();
  await expectNothingSaved(app);
});

test("a click is not lost to a remark that arrives between press and release", async ({
  app: { page },
}) => {
  const remark = page.waitForResponse((response) => {
    const asked = response.request().postData() ?? "";
    return asked.includes("preview_privilege") && asked.includes("incident-payments");
  });
  await field(page, "Privilege name").fill("incident-payments");
  await page.getByRole("button", { name: "Add Policies" }).hover();
  await page.mouse.down();
  await remark;
  await page.evaluate(() => new Promise((drawn) => requestIdleCallback(drawn)));
  await page.mouse.up();
  await expect(page.getByRole("dialog", { name: "Add Policies" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(field(page, "Privilege name")).toHaveAccessibleDescription(TAKEN);
});

test("leaving a form that was written on asks first, and keeps it", async ({ app: { page } }) => {
  await writeAll(page, {});
  // The first leaves the field, the second the form.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  const dialog = page.getByRole("alertdialog", { name: "Discard this privilege?" });
  await dialog.getByRole("button", { name: "Keep writing" }).click();
  await expect(field(page, "Privilege name")).toHaveValue("fine-name");
  await page.getByRole("link", { name: "History" }).click();
  await dialog.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByRole("heading", { name: "History" })).toBeVisible();
});

interface Writing {
  name?: string;
  duration?: string;
  policies?: "none";
}

/** Fills in the whole form, all of it right but for what is given. */
async function writeAll(page: Page, { name, duration, policies }: Writing): Promise<void> {
  await field(page, "Privilege name").fill(name ?? "fine-name");
  await chooseDuration(page, duration ?? "1h");
  if (policies !== "none") await addPolicies(page, "Secrets");
  await page.getByRole("textbox", { name: /^Reason/ }).fill("Because");
}

function field(page: Page, name: string): Locator {
  return page.getByRole("textbox", { name });
}

/** Saving leads to `at`, which says why; and everything stands as it was written. */
async function expectRefused(app: App, at: Locator, says: RegExp): Promise<void> {
  const written = await at.inputValue();
  await save(app.page);
  await expect(at).toBeFocused();
  await expect(at).toHaveAccessibleDescription(says);
  await expect(at).toHaveValue(written);
  await expect(app.page.getByRole("textbox", { name: /^Reason/ })).toHaveValue("Because");
  await expect(policyCard(app.page, 1, "Secrets")).toBeVisible();
  await expectNothingSaved(app);
}

async function expectNothingSaved({ server }: App): Promise<void> {
  const { entries } = await server.history();
  expect(entries).toEqual([]);
}
