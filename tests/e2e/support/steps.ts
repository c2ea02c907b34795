/** What people do in several journeys, by the names they see. */
import { expect, type Locator, type Page } from "@playwright/test";

/** Goes to a screen by the navigation at the side. */
export async function goTo(page: Page, screen: string): Promise<void> {
  const screens = page.getByRole("navigation", { name: "Screens" });
  // A count may follow the name.
  await screens.getByRole("link", { name: new RegExp(`^${screen}\\b`) }).click();
  await expect(page.getByRole("heading", { name: screen, level: 1 })).toBeVisible();
}

/** Opens a member by searching for it among the members, by its whole name. */
export async function openMember(page: Page, name: string): Promise<void> {
  await goTo(page, "Members");
  await page.getByRole("searchbox", { name: /^Filter by name/ }).fill(name);
  // The header and the one that was looked for.
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByRole("row", { name }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
}

/** Opens the form for a new privilege of the member in view. */
export async function startPrivilege(page: Page): Promise<void> {
  // A member without privileges offers it twice: at the top, and where they would stand.
  await page.getByRole("link", { name: "Add Additional Privileges" }).first().click();
  await expect(page.getByRole("heading", { name: "Add Additional Privileges" })).toBeVisible();
}

/** Adds policies by their titles, through the menu. */
export async function addPolicies(page: Page, ...titles: string[]): Promise<void> {
  await page.getByRole("button", { name: "Add Policies" }).click();
  const menu = page.getByRole("dialog", { name: "Add Policies" });
  const search = menu.getByRole("combobox", { name: "Search policies and templates" });
  for (const title of titles) {
    await search.fill(title);
    // Its slug and what it is about follow the title.
    await menu.getByRole("option", { name: new RegExp(`^${title}\\b`) }).click();
  }
  await menu.getByRole("button", { name: `Add ${titles.length}` }).click();
  await expect(menu).toBeHidden();
}

/** The card of a policy in the form. */
export function policyCard(page: Page, place: number, title: string): Locator {
  return page.getByRole("article", { name: `Policy ${place}: ${title}` });
}

/** Chooses exactly these actions on a policy's card. */
export async function chooseActions(card: Locator, ...wanted: string[]): Promise<void> {
  await expect(card).toBeVisible();
  const actions = card.getByRole("toolbar", { name: /^Actions on/ }).getByRole("button");
  for (const action of await actions.all()) {
    const name = (await action.textContent()) ?? "";
    const isOn = (await action.getAttribute("aria-pressed")) === "true";
    if (isOn !== wanted.includes(name)) await action.click();
  }
}

export interface Condition {
  property: string;
  operator: string;
  value: string;
}

/** Adds a condition to a policy's card and fills it in. */
export async function addCondition(card: Locator, condition: Condition): Promise<Locator> {
  const place = (await card.getByRole("group", { name: /^Condition/ }).count()) + 1;
  await card.getByRole("button", { name: "Add condition" }).click();
  const row = card.getByRole("group", { name: `Condition ${place}` });
  const value = row.getByRole("combobox", { name: /^Value of/ });
  // The value has the focus and offers what there is; that list closes when it is left.
  await expect(value).toBeFocused();
  await value.press("Tab");
  await choose(row, "Property", condition.property);
  await choose(row, "Operator", condition.operator);
  await write(value, condition.value);
  return row;
}

async function choose(row: Locator, list: string, option: string): Promise<void> {
  const button = row.getByRole("button", { name: new RegExp(`\\b${list}$`) });
  if ((await button.textContent()) === option) return;
  await button.click();
  await row.page().getByRole("option", { name: option, exact: true }).click();
  await expect(button).toHaveText(option);
}

/** Makes the privilege timed. */
export async function chooseDuration(page: Page, range: string): Promise<void> {
  const duration = page.getByRole("radiogroup", { name: "Duration" });
  await duration.getByRole("radio", { name: "Timed" }).click();
  await page.getByRole("textbox", { name: "Other duration" }).fill(range);
}

export async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save privilege" }).click();
}

export interface Grant {
  name: string;
  environment: string;
  path: string;
  duration: string;
  reason?: string;
}

/** Lets the member in view read secrets, and saves it. */
export async function grantReading(page: Page, grant: Grant): Promise<void> {
  await startPrivilege(page);
  await page.getByRole("textbox", { name: "Privilege name" }).fill(grant.name);
  await addPolicies(page, "Secrets");
  const card = policyCard(page, 1, "Secrets");
  await chooseActions(card, "Describe Secret", "Read Value");
  await addCondition(card, {
    property: "Environment",
    operator: "Equal",
    value: grant.environment,
  });
  await addCondition(card, {
    property: "Secret Path",
    operator: "Glob Match",
    value: grant.path,
  });
  await chooseDuration(page, grant.duration);
  await page.getByRole("textbox", { name: /^Reason/ }).fill(grant.reason ?? "");
  await save(page);
}

/** The row of one of the member's privileges. */
export function privilegeRow(page: Page, name: string): Locator {
  return page.getByRole("button", { name: new RegExp(`^${name}\\b`) });
}

export interface Question {
  who?: string;
  what?: string;
  environment?: string;
  path?: string;
}

/** Fills in the simulator's question. */
export async function ask(page: Page, question: Question): Promise<void> {
  const form = page.getByRole("region", { name: "Question" });
  if (question.who !== undefined) await pick(form, "Who", question.who);
  if (question.what !== undefined) await pick(form, "What", question.what);
  if (question.environment !== undefined) {
    await write(form.getByRole("combobox", { name: "Environment" }), question.environment);
  }
  if (question.path !== undefined) {
    await write(form.getByRole("combobox", { name: "Path" }), question.path);
  }
}

/** Writes free text, and leaves the field so that its list of suggestions closes. */
async function write(field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await field.press("Tab");
}

async function pick(form: Locator, field: string, option: string): Promise<void> {
  await form.getByRole("combobox", { name: field, exact: true }).fill(option);
  await form.page().getByRole("option", { name: option }).first().click();
}

/** What the simulator answers, once it answers the question as it stands. */
export function answer(page: Page): Locator {
  return page.getByRole("region", { name: "Answer" }).and(page.locator('[aria-busy="false"]'));
}

/** The verdict in words: the headline and its sentence. */
export function verdict(page: Page): Locator {
  // What a copy button says to screen readers is a status, too.
  return answer(page).getByRole("status").and(page.locator(":not(.visually-hidden)"));
}

/** What is being worked out. */
export function busy(page: Page): Locator {
  return page.locator('[aria-busy="true"]');
}

/** What has the focus. */
export function focused(page: Page): Locator {
  return page.locator(":focus");
}

/** The page as a whole. */
export function whole(page: Page): Locator {
  return page.locator("html");
}
