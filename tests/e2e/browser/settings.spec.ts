/** Settings are kept as they are chosen, and the desktop is told of ends as they say. */
import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/app.ts";
import { expectAccessible, expectNoSidewaysScroll, takePictures } from "../support/look.ts";

const HOUR = 3_600_000;

interface Notice {
  title: string;
  body: string;
}

function notices(page: Page): Promise<Notice[]> {
  return page.evaluate(() => (globalThis as unknown as { __notices: Notice[] }).__notices);
}

test("what is chosen is kept over a restart, and what is no time is said at its field", async ({
  app,
  page,
}) => {
  await page.keyboard.press("Control+,");
  await expect(page.getByRole("heading", { name: "Settings", level: 1 })).toBeFocused();
  await page.getByRole("checkbox", { name: "15 minutes before" }).press("Space");
  await page.getByRole("switch", { name: "Quiet hours" }).press("Space");
  const until = page.getByRole("textbox", { name: "Until" });
  await until.fill("25:00");
  await until.press("Enter");
  await expect(page.getByText("Write a time of day such as 22:00.")).toBeVisible();
  await expect(until).toHaveValue("25:00");
  await expectAccessible(page);
  await until.fill("06:30");
  await until.press("Enter");
  await expect(page.getByText("Write a time of day such as 22:00.")).toBeHidden();
  await expectNoSidewaysScroll(page);
  await takePictures(page, "settings");

  await app.restart();
  await app.visit("/settings");
  await expect(page.getByRole("checkbox", { name: "15 minutes before" })).toBeChecked();
  await expect(page.getByRole("textbox", { name: "Until" })).toHaveValue("06:30");
});

test("the desktop hears of ends in one message without names, and not again", async ({
  app,
  page,
}) => {
  await app.visit("/settings");
  await page.getByRole("checkbox", { name: "When it has ended" }).press("Space");
  await expect(page.getByRole("checkbox", { name: "When it has ended" })).toBeChecked();
  await app.server.shiftClock(20 * HOUR);
  await expect.poll(() => notices(page).then((all) => all.length)).toBe(1);
  const [notice] = await notices(page);
  expect(notice?.title).toMatch(/^\d+ grants have ended(, \d+ to end)?$/);
  expect(notice?.body).toBe("Open Reeve to see whose and what.");
  await app.server.shiftClock(19 * HOUR);
  await app.server.shiftClock(20 * HOUR);
  // Long enough for the core to look at its clock again.
  await pause(7_000);
  expect(await notices(page)).toHaveLength(1);
});
