/** The timeline shows until when access counts, and what each end means. */
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "../support/app.ts";
import { expectAccessible, expectNoSidewaysScroll, takePictures } from "../support/look.ts";
import { focused } from "../support/steps.ts";

test("the bars of each range are there, accessible in both themes", async ({ app, page }) => {
  await app.visit("/timeline");
  const table = page.getByRole("grid", { name: "Timeline" });
  await expect(table.getByRole("row").nth(5)).toBeVisible();
  for (const range of ["24 h", "30 d", "7 d"]) {
    await page.getByRole("radio", { name: range }).click();
    await expect(page.getByRole("radio", { name: range })).toBeChecked();
    await expect(table.getByRole("row").nth(2)).toBeVisible();
  }
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await takePictures(page, "timeline");
});

test("by keys alone: to a bar, what its end means, and back to the same bar", async ({
  app,
  page,
}) => {
  await app.visit("/timeline");
  const table = page.getByRole("grid", { name: "Timeline" });
  await expect(table.getByRole("row").nth(5)).toBeVisible();
  await table.getByRole("row").nth(1).focus();
  for (let step = 0; step < 6; step += 1) await page.keyboard.press("ArrowDown");
  const place = await focused(page).getAttribute("aria-rowindex");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Ends");
  await expect(dialog).toContainText(/No longer allowed|Nothing changes|Allowed from then on/);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(focused(page)).toHaveAttribute("aria-rowindex", place ?? "");
});

test("by consequence, the gravest stands first and what changes nothing last", async ({
  app,
  page,
}) => {
  await app.visit("/timeline?view=expiring");
  await expect(page.getByText(/\d+ ends, \d+ of them with consequences/)).toBeVisible();
  const table = page.getByRole("grid", { name: "What ends, by consequence" });
  const words = await table.getByRole("row").allTextContents();
  const isNothing = words.slice(1).map((text) => text.includes("Nothing changes"));
  expect(isNothing.includes(true) && isNothing.includes(false)).toBe(true);
  expect(isNothing.indexOf(true)).toBeGreaterThan(isNothing.lastIndexOf(false));
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await takePictures(page, "timeline-consequence");
});

test("a range that is turned round says so, and keeps what was typed", async ({ app, page }) => {
  await app.visit(
    "/timeline?range=custom&from=2026-12-01T00%3A00%3A00Z&to=2026-11-01T00%3A00%3A00Z",
  );
  await expect(page.getByText("The range ends before it begins")).toBeVisible();
  await expectAccessible(page);
});

test("a clock that is set back is said in the window, and dismissed by a key", async ({
  app,
  page,
}) => {
  const bar = page.getByText(/^The clock was set back by/);
  await expect(bar).toBeHidden();
  await app.server.shiftClock(20 * 3_600_000);
  // The core looks at its clock every few seconds.
  await pause(6_000);
  await app.server.shiftClock(0);
  await expect(bar).toBeVisible({ timeout: 15_000 });
  await expect(bar).toContainText("What is shown as active is so by the present clock.");
  await expectAccessible(page);
  await takePictures(page, "clock-set-back");
  await page.getByRole("button", { name: "Dismiss" }).press("Enter");
  await expect(bar).toBeHidden();
});
