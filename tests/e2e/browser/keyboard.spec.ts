/** Everything can be reached and done without a pointer. Nothing here clicks. */
import { expect, test } from "../support/app.ts";
import { press, tabTo, type } from "../support/keys.ts";
import { focused, privilegeRow, whole } from "../support/steps.ts";
import { expectAccessible, takePictures } from "../support/look.ts";

test("Alt with a digit goes to a screen, and its heading takes the focus", async ({
  app: { page },
}) => {
  const places = ["Overview", "Members", "Roles", "Timeline", "Simulator", "Tests", "History"];
  for (const [place, name] of [...places.entries()].toReversed()) {
    await page.keyboard.press(`Alt+${place + 1}`);
    await expect(page.getByRole("heading", { name, level: 1 })).toBeFocused();
  }
});

test("the palette finds members, screens and commands", async ({ app: { page } }) => {
  const palette = page.getByRole("dialog", { name: "Search and commands" });
  await page.keyboard.press("Control+K");
  await expect(palette).toBeVisible();
  await takePictures(page, "palette");
  await expectAccessible(page);
  await type(page, "anders");
  await expect(palette.getByRole("menuitem", { name: /^Anders Holm/ })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Anders Holm", level: 1 })).toBeFocused();
  await expect(palette).toBeHidden();

  await page.keyboard.press("Control+K");
  await type(page, "hist");
  await expect(palette.getByRole("menuitem", { name: /^History/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "History", level: 1 })).toBeFocused();
  await expect(palette).toBeHidden();

  await page.keyboard.press("Control+K");
  await type(page, "theme dark");
  await expect(palette.getByRole("menuitem", { name: /dark/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(whole(page)).toHaveAttribute("data-theme", "dark");
  await expect(palette).toBeHidden();

  await page.keyboard.press("Control+K");
  await expect(palette).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();
  await expect(page.getByRole("heading", { name: "History", level: 1 })).toBeFocused();
});

test("a palette that is opened again at once leaves the focus on the page", async ({
  app: { page },
}) => {
  const palette = page.getByRole("dialog", { name: "Search and commands" });
  await page.keyboard.press("Alt+7");
  const heading = page.getByRole("heading", { name: "History", level: 1 });
  await expect(heading).toBeFocused();
  for (let round = 0; round < 6; round += 1) {
    await page.keyboard.press("Control+K");
    await expect(palette).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(palette).toBeHidden();
  }
  await expect(heading).toBeFocused();
});

test("the sheet lists the shortcuts", async ({ app: { page } }) => {
  await page.keyboard.press("Control+/");
  const sheet = page.getByRole("dialog", { name: "Shortcuts" });
  await expect(sheet).toContainText("Search and commands");
  await takePictures(page, "shortcuts");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
});

test("Enter opens a row, and Escape comes back to it where it stood", async ({ app: { page } }) => {
  await page.keyboard.press("Alt+2");
  const rows = page.getByRole("row");
  await expect(rows.nth(1)).toBeVisible();
  await tabTo(page, rows.nth(1));
  await press(page, "PageDown", "PageDown", "ArrowDown", "ArrowDown");
  await expect(focused(page)).toHaveRole("row");
  const name = await focused(page).innerText();
  const grid = page.getByRole("grid", { name: "Members" });
  const place = await grid.evaluate(({ scrollTop }) => scrollTop);
  expect(place).toBeGreaterThan(0);

  await page.keyboard.press("Enter");
  await expect(grid).toBeHidden();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(grid).toBeVisible();
  await expect(focused(page)).toHaveRole("row");
  await expect(focused(page)).toHaveText(name, { useInnerText: true });
  expect(await grid.evaluate(({ scrollTop }) => scrollTop)).toBe(place);
});

test("in the members letters jump, the header sorts, and the menu key acts", async ({
  app: { page },
}) => {
  await page.keyboard.press("Alt+2");
  const first = page.getByRole("row").nth(1);
  await expect(first).toBeVisible();
  await tabTo(page, first);
  await type(page, "mara");
  await expect(focused(page)).toContainText("Mara Thompson");
  await page.keyboard.press("Shift+F10");
  await expect(page.getByRole("menuitem", { name: /^Simulate/ })).toBeVisible();
  await takePictures(page, "members-menu");
  await page.keyboard.press("Escape");
  await expect(focused(page)).toContainText("Mara Thompson");
  await press(page, "Home", "ArrowUp", "Enter");
  const header = page.getByRole("columnheader", { name: "Name" });
  await expect(header).toHaveAttribute("aria-sort", "descending");
});

test("a privilege is written and saved with the keyboard alone", async ({ app: { page } }) => {
  await press(page, "Control+K");
  await expect(page.getByRole("dialog", { name: "Search and commands" })).toBeVisible();
  await type(page, "anders");
  const found = page.getByRole("menuitem", { name: /^Anders Holm/ });
  await expect(found).toBeVisible();
  await press(page, "ArrowDown", "Enter");
  await expect(page.getByRole("heading", { name: "Anders Holm", level: 1 })).toBeFocused();

  await tabTo(page, page.getByRole("link", { name: "Add Additional Privileges" }).first());
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Add Additional Privileges" })).toBeFocused();
  await tabTo(page, page.getByRole("textbox", { name: "Privilege name" }));
  await type(page, "by-hand");

  await tabTo(page, page.getByRole("radio", { name: "Permanent" }));
  await press(page, "ArrowRight", "Space");
  await tabTo(page, page.getByRole("textbox", { name: "Other duration" }));
  await press(page, "Control+A");
  await type(page, "2h");

  await tabTo(page, page.getByRole("button", { name: "Add Policies" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Add Policies" })).toBeVisible();
  await type(page, "secrets");
  await press(page, "Enter", "Control+Enter");

  const card = page.getByRole("article", { name: "Policy 1: Secrets" });
  await expect.poll(() => card.evaluate((it) => it.contains(document.activeElement))).toBe(true);
  await tabTo(page, card.getByRole("button", { name: "Add condition" }));
  await page.keyboard.press("Enter");
  const value = card.getByRole("combobox", { name: "Value of Environment" });
  await expect(value).toBeFocused();
  await type(page, "pro");
  await press(page, "ArrowDown", "Enter");
  await expect(value).toHaveValue("prod");

  await page.keyboard.press("Control+Enter");
  await expect(privilegeRow(page, "by-hand")).toContainText(/in\s(2\sh|1\sh\s59\sm)/);

  // The note with Undo is reached too.
  await page.keyboard.press("F6");
  await tabTo(page, page.getByRole("button", { name: "Undo" }));
  await page.keyboard.press("Enter");
  await expect(privilegeRow(page, "by-hand")).toBeHidden();
});
