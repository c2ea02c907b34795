/** The real window: that it opens, whatever it is given, and what it looks like. */
import { join } from "node:path";
import { fingerprint, put } from "../support/files.ts";
import { expect, test } from "../support/window.ts";

test("the window opens on the sample project", async ({ openWindow }) => {
  const window = await openWindow("--sample");
  await window.element("heading", "Overview");
  await window.element("button", "Project checkout-app");
  await window.click("link", /^Members \d/);
  await window.element("row", /Alice Laurent/);
  expect(await window.text()).toContain("Members");
  await window.takePicture("window-members");
});

test("the window opens on a refused file, explains it, and goes on with the sample", async ({
  openWindow,
  home,
}) => {
  const path = put(home, "notes.reeve", "These are somebody's notes.");
  const before = fingerprint(path);

  const window = await openWindow(path);

  await window.element("heading", "This file is not a workspace");
  await window.expectText("is not a Reeve workspace");
  await window.expectText(path);
  await window.takePicture("window-refused");
  await window.click("button", "Open the sample project");
  await window.element("heading", "Overview");
  expect(fingerprint(path)).toEqual(before);
  expect(fingerprint(join(home, "reeve/sample.reeve"))).toBeTruthy();
});
