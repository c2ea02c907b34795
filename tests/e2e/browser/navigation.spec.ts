/** Themes, addresses, and the way back. */
import type { Page } from "@playwright/test";
import { expect, test } from "../support/app.ts";
import { ask, goTo, openMember, verdict } from "../support/steps.ts";

test("the theme follows the system, can be chosen, and stays chosen", async ({ app: { page } }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => isDark(page)).toBe(true);
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(() => isDark(page)).toBe(false);

  await chooseTheme(page, "Dark");
  await expect.poll(() => isDark(page)).toBe(true);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  expect(await isDark(page)).toBe(true);

  await chooseTheme(page, "Light");
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => isDark(page)).toBe(false);
  await chooseTheme(page, "As the system");
  await expect.poll(() => isDark(page)).toBe(true);
});

test("an address opens its screen with its filters", async ({ app }) => {
  const { page } = app;
  await app.visit("/members?kind=group&sort=name");
  await expect(page.getByRole("radio", { name: "Groups" })).toBeChecked();
  // Eight groups and the header.
  await expect(page.getByRole("row")).toHaveCount(9);
  await app.visit("/members?text=laurent");
  await expect(page.getByRole("searchbox", { name: /^Filter/ })).toHaveValue("laurent");
  await expect(page.getByRole("row")).toHaveCount(2);
});

test("an address that leads nowhere says so and offers a way on", async ({ app }) => {
  const { page } = app;
  await app.visit("/no/such/page");
  await expect(page.getByText("There is no such page")).toBeVisible();
  await page.getByRole("link", { name: "Go to the overview" }).click();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await app.visit("/members/00000000-0000-0000-0000-000000000000");
  await expect(page.getByText("There is no such member")).toBeVisible();
  await page.getByRole("button", { name: "Back to the members" }).click();
  await expect(page.getByRole("heading", { name: "Members" })).toBeVisible();
});

test("back and forward pass through the screens with their filters", async ({ app: { page } }) => {
  await openMember(page, "Alice Laurent");
  await goTo(page, "History");
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Alice Laurent", level: 1 })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("searchbox", { name: /^Filter/ })).toHaveValue("Alice Laurent");
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.goForward();
  await expect(page.getByRole("heading", { name: "Alice Laurent", level: 1 })).toBeVisible();
  await expect(page).toHaveTitle(/^Alice Laurent · .*Reeve$/);
});

test("a check of the simulator is an address that answers the same", async ({ app }) => {
  const { page } = app;
  await goTo(page, "Overview");
  await page.getByRole("link", { name: "Alice Laurent" }).first().click();
  await page.getByRole("link", { name: "Simulate" }).click();
  await ask(page, { environment: "prod", path: "/payments/eu" });
  await expect(page).toHaveURL(/environment=prod&path=%2Fpayments%2Feu/);
  await expect(verdict(page)).toContainText("It depends");
  const said = await verdict(page).innerText();
  await page.reload();
  await expect(verdict(page)).toHaveText(said, { useInnerText: true });
});

async function chooseTheme(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Theme" }).click();
  await page.getByRole("menuitem", { name: new RegExp(`^${name}`) }).click();
}

/** Whether the page's ground is dark. */
async function isDark(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const [red = 0, green = 0, blue = 0] = (
      getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g) ?? []
    ).map(Number);
    return red + green + blue < 384;
  });
}
