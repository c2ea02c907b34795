/** The window without a pointer. */
import { expect, test } from "../support/window.ts";

test("the window is worked with the keyboard alone", async ({ openWindow }) => {
  const window = await openWindow("--sample");
  await window.element("heading", "Overview");

  const screens = ["Overview", "Members", "Roles", "Timeline", "Simulator", "Tests", "History"];
  for (const [place, name] of [...screens.entries()].toReversed()) {
    await window.press(`Alt+${place + 1}`);
    await window.expectFocus(name);
  }

  await window.press("Control+k");
  await window.element("searchbox", /^Search members/);
  await window.keys("anders");
  await window.element("menuitem", /^Anders Holm/);
  await window.press("ArrowDown", "Enter");
  await window.expectFocus("Anders Holm");
  await window.press("Alt+2");
  await window.expectFocus("Members");

  await window.tabTo(/^Aarav Mehta/);
  await window.press("ArrowDown", "ArrowDown", "ArrowDown");
  await window.expectFocus(/^Beatriz Nogueira/);
  await window.press("Enter");
  await window.expectFocus("Beatriz Nogueira");
  await window.press("Escape");
  await window.expectFocus(/^Beatriz Nogueira/);
  await window.press("Control+k");
  await window.element("searchbox", /^Search members/);
  await window.keys("theme dark");
  await window.element("menuitem", /dark/);
  await window.press("Enter");
  await window.takePicture("window-dark");
  expect(await window.text()).toContain("Beatriz Nogueira");
});
