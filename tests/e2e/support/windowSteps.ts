/** Steps that several window journeys go. */
import type { Window } from "./window.ts";

/** Goes to the page of a member. */
export async function openMember(window: Window, name: string): Promise<void> {
  await window.click("link", /^Members \d/);
  await window.type("searchbox", /^Filter by name/, name);
  await window.expectText("1 member");
  await window.click("row", new RegExp(name));
  await window.element("heading", name);
}

/** Begins an additional privilege for the member in sight. */
export async function startPrivilege(window: Window): Promise<void> {
  await window.tabTo(/^Add Additional Privileges/);
  await window.press("Enter");
  await window.element("textbox", "Privilege name");
}

/** Adds a policy about secrets of prod to the form in sight. */
export async function addSecretsOfProd(window: Window): Promise<void> {
  await window.click("button", "Add Policies");
  await window.type("combobox", "Search policies and templates", "secrets");
  await window.press("Enter", "Control+Enter");
  await window.click("button", "Add condition");
  await window.type("combobox", "Value of Environment", "prod");
  await window.press("Tab");
}

/** Fills in the form: reading secrets of prod for that long. */
export async function fillReading(window: Window, name: string, duration: string): Promise<void> {
  await window.fill("textbox", "Privilege name", name);
  await window.click("radio", "Timed");
  await window.fill("textbox", "Other duration", duration);
  await addSecretsOfProd(window);
}

/** Gives the member in sight reading secrets of prod for that long. */
export async function giveReading(window: Window, name: string, duration: string): Promise<void> {
  await startPrivilege(window);
  await fillReading(window, name, duration);
  await window.press("Control+Enter");
}
