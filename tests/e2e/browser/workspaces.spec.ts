/** Files that cannot be opened are explained, left alone, and not the end of the road. */
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, temporaryFolder, test as base, type LaunchOptions } from "../support/app.ts";
import {
  damaged,
  fingerprint,
  foreign,
  goodWorkspace,
  newer,
  put,
  truncated,
} from "../support/files.ts";
import { expectAccessible, takePictures } from "../support/look.ts";
import { loopbackProgram, pagesFolder } from "../support/places.ts";
import { goTo } from "../support/steps.ts";

/** The user and group `nobody`, for whom permissions count even where the tests run as root. */
const NOBODY = 65_534;

const test = base.extend<object, { workspace: Buffer }>({
  /** The bytes of a good workspace. */
  workspace: [
    async ({}, use) => {
      const data = temporaryFolder();
      await use(await goodWorkspace(data));
      rmSync(data, { recursive: true });
    },
    { scope: "worker" },
  ],
});

/** What a refusal says: its title, a part of its sentence, and its first way on. */
interface Words {
  title: string;
  sentence: RegExp;
  first: string;
}

const NOT_OURS = {
  title: "This file is not a workspace",
  sentence: /is not a Reeve workspace/,
  first: "Try again",
};
const DAMAGED = { title: "The workspace is damaged", sentence: /is damaged/, first: "Try again" };
const NEWER = {
  title: "Another version of Reeve made this workspace",
  sentence: /was made by a newer Reeve/,
  first: "Try again",
};
const MISSING = {
  title: "The workspace is not there",
  sentence: /does not exist/,
  first: "Try again",
};
const THERE_ALREADY = {
  title: "There is such a file already",
  sentence: /exists already/,
  first: "Open that file",
};
const NOT_WRITABLE = {
  title: "The workspace cannot be written",
  sentence: /cannot be written/,
  first: "Try again",
};

const BAD_FILES: {
  what: string;
  make: (workspace: Buffer) => Buffer | string;
  says: Words;
}[] = [
  {
    what: "a text file",
    make: () => "This is not a database.\n".repeat(200),
    says: NOT_OURS,
  },
  { what: "an empty file", make: () => "", says: NOT_OURS },
  { what: "the SQLite file of another program", make: foreign, says: NOT_OURS },
  { what: "half a workspace", make: truncated, says: DAMAGED },
  { what: "a workspace with a broken page", make: damaged, says: DAMAGED },
  { what: "the workspace of a newer Reeve", make: newer, says: NEWER },
];

for (const { what, make, says } of BAD_FILES) {
  test(`${what} is refused with its reason and left byte for byte`, async ({
    launch,
    page,
    folder,
    workspace,
  }) => {
    const path = put(folder, "project.reeve", make(workspace));
    const before = fingerprint(path);

    await launch({ workspace: path });

    await expectRefusal(page, path, says);
    await retryInVain(page, path, says);
    expect(readdirSync(folder), "nothing was put beside the file").toEqual(["project.reeve"]);
    await goOnWithTheSample(page);
    expect(fingerprint(path)).toEqual(before);
    expect(readdirSync(folder)).toEqual(["project.reeve"]);
  });
}

test("a missing file is named, and found again once it is there", async ({
  launch,
  page,
  folder,
  workspace,
}) => {
  const path = join(folder, "moved-away.reeve");

  await launch({ workspace: path });

  await expectRefusal(page, path, MISSING);
  expect(readdirSync(folder), "no empty file was made in its place").toEqual([]);
  put(folder, "moved-away.reeve", workspace);
  await page.getByRole("button", { name: "Try again" }).click();
  await expectOpen(page);
});

test("from a refused file the way leads to another file", async ({
  launch,
  page,
  folder,
  workspace,
}) => {
  const bad = put(folder, "bad.reeve", "no");
  const good = put(folder, "good.reeve", workspace);

  await launch({ workspace: bad });

  await expectRefusal(page, bad, NOT_OURS);
  await chooseNextFile(page, good);
  await page.getByRole("button", { name: "Open another file…" }).click();
  await expectOpen(page);
});

test("a bad file chosen in the running app is refused in the same way", async ({
  app,
  page,
  folder,
}) => {
  const bad = put(folder, "holiday.jpg", Buffer.alloc(5000, 0xff));
  const before = fingerprint(bad);
  await expectOpen(page);

  await chooseNextFile(page, bad);
  await page.getByRole("button", { name: /^Project/ }).click();
  await page.getByRole("menuitem", { name: "Open a workspace…" }).click();

  await expectRefusal(page, bad, NOT_OURS);
  await goOnWithTheSample(page);
  expect(fingerprint(bad)).toEqual(before);
  expect(readdirSync(app.data)).toContain("sample.reeve");
});

test("a new project starts empty in its own file and never takes the place of another", async ({
  app,
  page,
  folder,
}) => {
  await expectOpen(page);
  await makeProject(page, "Atlas", join(folder, "atlas.reeve"));
  await expect(page.getByRole("button", { name: "Project Atlas" })).toBeVisible();
  await goTo(page, "Members");
  await expect(page.getByText("No members yet")).toBeVisible();

  const other = put(folder, "other.reeve", "somebody's notes");
  const before = fingerprint(other);
  await makeProject(page, "Borea", other);
  await expectRefusal(page, other, THERE_ALREADY);
  expect(fingerprint(other)).toEqual(before);
  await page.getByRole("button", { name: "Back to Atlas" }).click();
  await expect(page.getByRole("button", { name: "Project Atlas" })).toBeVisible();
  expect(readdirSync(app.data)).toContain("sample.reeve");
});

for (const what of ["file", "folder"] as const) {
  test(`a ${what} that cannot be written is refused as such`, async ({
    launch,
    page,
    folder,
    workspace,
  }) => {
    const room = join(folder, "room");
    mkdirSync(room);
    const path = put(room, "project.reeve", workspace);
    const options = asOneWhoMayNot(folder);
    chmodSync(folder, 0o777);
    chmodSync(path, what === "file" ? 0o444 : 0o666);
    chmodSync(room, what === "folder" ? 0o555 : 0o777);
    const before = fingerprint(path);

    await launch({ ...options, workspace: path });

    await expectRefusal(page, path, NOT_WRITABLE);
    await goOnWithTheSample(page);
    expect(fingerprint(path)).toEqual(before);
    expect(readdirSync(room)).toEqual(["project.reeve"]);
    chmodSync(room, 0o777);
  });
}

test("the screen of a refused file is accessible in both themes", async ({
  launch,
  page,
  folder,
}) => {
  const path = put(folder, "project.reeve", "no");
  await launch({ workspace: path });
  await expectRefusal(page, path, NOT_OURS);
  await takePictures(page, "refused");
  await expectAccessible(page);
});

/**
 * Root may write everywhere. Where the tests run as root, the server runs as `nobody` here, from
 * copies that everybody may read.
 */
function asOneWhoMayNot(folder: string): LaunchOptions {
  if (process.getuid?.() !== 0) return {};
  const program = join(folder, "loopback");
  const pages = join(folder, "pages");
  const data = join(folder, "data");
  cpSync(loopbackProgram(), program);
  cpSync(pagesFolder(), pages, { recursive: true });
  mkdirSync(data);
  chmodSync(data, 0o777);
  return { program, pages, data, user: NOBODY };
}

/** One sentence says what is wrong and where; there are ways on. */
async function expectRefusal(page: Page, path: string, says: Words): Promise<void> {
  await expect(page.getByRole("heading", { name: says.title, level: 1 })).toBeVisible();
  const sentence = page.getByRole("main").getByRole("alert");
  await expect(sentence).toHaveText(says.sentence);
  await expect(sentence).toContainText(path);
  for (const name of [says.first, "Open another file…", "Open the sample project"]) {
    await expect(page.getByRole("button", { name })).toBeVisible();
  }
}

async function retryInVain(page: Page, path: string, says: Words): Promise<void> {
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("It still does not open")).toBeVisible();
  await expectRefusal(page, path, says);
}

async function goOnWithTheSample(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Open the sample project" }).click();
  await expectOpen(page);
}

async function expectOpen(page: Page): Promise<void> {
  await expect(page.getByRole("button", { name: "Project checkout-app" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
}

async function makeProject(page: Page, name: string, path: string): Promise<void> {
  await chooseNextFile(page, path);
  await page.getByRole("button", { name: /^Project/ }).click();
  await page.getByRole("menuitem", { name: "New local project…" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("button", { name: "Choose a file…" }).click();
}

/** What the system's file dialog will answer. */
async function chooseNextFile(page: Page, path: string): Promise<void> {
  await page.evaluate((chosen) => {
    (globalThis as { __chosenFile?: string }).__chosenFile = chosen;
  }, path);
}
