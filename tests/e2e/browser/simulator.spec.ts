/** Why somebody may, until when, what else, who else, and what would change it: by keyboard alone. */
import type { Locator, Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { expect, test, type App } from "../support/app.ts";
import { expectAccessible, takePictures } from "../support/look.ts";
import { answer, ask, verdict } from "../support/steps.ts";

const WHO = "ci-deployer";
const PLACE = "environment=prod&path=%2Fpayments&name=STRIPE_KEY&tags=%5B%5D";

test("why may it, until when, what else there, and what would stop it: seen, edited, proven", async ({
  app,
}) => {
  // It looks at many screens, in both themes.
  test.slow();
  const { page } = app;
  await app.server.rpc("attach_privilege", {
    member: await memberId(app, WHO),
    slug: "incident-4711",
    reason: "payment retries stuck",
    ticket: "INC-4711",
    duration: { kind: "timed", range: "4h" },
    policies: [
      {
        subject: "secrets",
        actions: ["describeSecret", "readValue", "edit"],
        inverted: false,
        conditions: [
          { property: "environment", operator: "$eq", values: ["prod"] },
          { property: "secretPath", operator: "$glob", values: ["/payments/**"] },
        ],
      },
    ],
  });

  await test.step("the question is asked by keyboard", async () => {
    await page.keyboard.press("Alt+5");
    await expect(page.getByRole("heading", { name: "Simulator", level: 1 })).toBeFocused();
    const form = page.getByRole("region", { name: "Question" });
    await tabTo(page, form.getByRole("combobox", { name: "Who", exact: true }));
    await page.keyboard.type(WHO);
    await expect(page.getByRole("option", { name: WHO }).first()).toBeVisible();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await tabTo(page, form.getByRole("combobox", { name: "Environment" }));
    await page.keyboard.type("prod");
    await page.keyboard.press("Tab");
    await tabTo(page, form.getByRole("combobox", { name: "Path" }));
    await page.keyboard.type("/payments");
    await page.keyboard.press("Tab");
    await tabTo(page, form.getByRole("textbox", { name: "Secret name" }));
    await page.keyboard.type("STRIPE_KEY");
    await tabTo(page, form.getByRole("checkbox", { name: "The secret has no tags" }));
    await page.keyboard.press("Space");
  });

  await test.step("one screen says why, until when, and what else", async () => {
    await expect(verdict(page)).toContainText("Allowed until");
    await expect(verdict(page)).toContainText("incident-4711");
    await expect(verdict(page)).toContainText("Afterwards: denied");
    const seen = [
      verdict(page),
      answer(page).getByText("decides").first(),
      page.getByRole("heading", { name: "What else they may do there" }),
      page.getByRole("link", { name: "edit a secret" }).first(),
    ];
    for (const it of seen) await expect(it).toBeInViewport({ ratio: 1 });
    await expect(stop(page)).toBeVisible();
    await takePictures(page, "simulator-why");
    await expectAccessible(page);
  });

  await test.step("that it is denied is kept as a test, which fails", async () => {
    await tabTo(page, page.getByRole("button", { name: "Test that it is denied" }));
    await page.keyboard.press("Enter");
    await expect(page.getByText("Saved as a test that expects: denied")).toBeVisible();
    await expect(testCounts(app)).resolves.toEqual({ passed: 0, failed: 1 });
  });

  await test.step("the edit that would stop it opens with everything in it, unsaved", async () => {
    const edit = stop(page)
      .getByRole("listitem")
      .filter({ hasText: /incident-4711, policy 1: no longer allow/ })
      .first();
    await tabTo(page, edit.getByRole("button", { name: "Edit…" }));
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Edit Additional Privilege" })).toBeVisible();
    const actions = page.getByRole("toolbar", { name: /^Actions on/ }).first();
    for (const [action, pressed] of [
      ["Read Value", "false"],
      ["Describe Secret", "true"],
      ["Modify", "true"],
    ] as const) {
      await expect(actions.getByRole("button", { name: action })).toHaveAttribute(
        "aria-pressed",
        pressed,
      );
    }
    await takePictures(page, "simulator-edit-opened");
    await expect(testCounts(app)).resolves.toEqual({ passed: 0, failed: 1 });
  });

  await test.step("saved, the test passes", async () => {
    await tabTo(page, page.getByRole("button", { name: "Save privilege" }));
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: WHO, level: 1 })).toBeVisible();
    await page.keyboard.press("Alt+6");
    await expect(page.getByRole("heading", { name: "Tests", level: 1 })).toBeFocused();
    await expect(testCounts(app)).resolves.toEqual({ passed: 1, failed: 0 });
    await takePictures(page, "simulator-test-passes");
    await expectAccessible(page);
  });
});

test("ending what allows it opens its dialog, and nothing is done until it is confirmed", async ({
  app,
}) => {
  test.slow();
  const { page } = app;
  const member = await memberId(app, WHO);
  await app.server.rpc("attach_privilege", {
    member,
    slug: "incident-4712",
    reason: "",
    ticket: "",
    duration: { kind: "permanent" },
    policies: [
      {
        subject: "secrets",
        actions: ["describeSecret", "readValue"],
        inverted: false,
        conditions: [{ property: "environment", operator: "$eq", values: ["prod"] }],
      },
    ],
  });
  await app.visit(`/simulator?member=${member}&${PLACE}`);
  await expect(verdict(page)).toContainText("incident-4712");
  const dialog = page.getByRole("dialog", { name: "End incident-4712 now" });
  const openDialog = async () => {
    const step = stop(page).getByRole("listitem").filter({ hasText: "End the additional" });
    await tabTo(page, step.getByRole("button", { name: "End now…" }));
    await page.keyboard.press("Enter");
    await expect(dialog).toContainText("ended");
  };

  await openDialog();
  await expect(page.getByRole("heading", { name: WHO, level: 1, includeHidden: true })).toHaveText(
    WHO,
  );
  await takePictures(page, "simulator-end-opened");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.goBack();
  await expect(verdict(page)).toContainText("incident-4712");

  await openDialog();
  await page.keyboard.press("Control+Enter");
  await expect(dialog).toBeHidden();
  await page.goBack();
  await expect(verdict(page)).toContainText("Denied");
});

const PROPOSED = [
  {
    does: "taking away the role that allows it",
    picture: "take-away",
    who: "grafana-reader",
    step: "Take away the role",
    button: "Take away…",
    dialog: /^Remove /,
    says: "It is taken away.",
    undone: "Undo: Brought back Admin",
  },
  {
    does: "leaving the group that allows it",
    picture: "leave-group",
    who: "Noah Goldberg",
    step: "out of the group platform",
    button: "Remove from group…",
    dialog: "Remove Noah Goldberg from platform",
    says: "They lose the role that they have through it: Developer.",
    undone: "Undo: Put Noah Goldberg back into the group platform",
  },
];

for (const { does, picture, who, step, button, dialog: title, says, undone } of PROPOSED) {
  test(`${does} is proposed with its effect, done in its dialog, and taken back`, async ({
    app,
  }) => {
    test.slow();
    const { page } = app;
    const member = await memberId(app, who);
    await app.visit(`/simulator?member=${member}&environment=dev&path=%2Fapp&name=A&tags=%5B%5D`);
    await expect(verdict(page)).toContainText("Allowed");
    const proposed = stop(page).getByRole("listitem").filter({ hasText: step }).first();
    await expect(proposed.getByText("newly denied:").first()).toBeAttached();
    await proposed.getByRole("button", { name: button }).press("Enter");

    const dialog = page.getByRole("dialog", { name: title });
    await expect(dialog).toContainText(says);
    const hasFocus = () => dialog.evaluate((shown) => shown.contains(document.activeElement));
    await expect.poll(hasFocus).toBe(true);
    await expectAccessible(page);
    await takePictures(page, `simulator-${picture}`);
    await dialog.getByRole("button", { name: /^Remove/ }).press("Enter");
    await expect(dialog).toBeHidden();
    await page.goBack();
    await expect(verdict(page)).toContainText("Denied");

    await page.keyboard.press("Alt+7");
    const entries = page.getByRole("button", { name: /^Undo: / });
    await entries.first().press("Enter");
    await expect(entries.first()).toHaveAccessibleName(undone);
    await page.goBack();
    await expect(verdict(page)).toContainText("Allowed");
  });
}

test("what depends lists its cases, each with its rule", async ({ app }) => {
  const { page } = app;
  const member = await memberId(app, WHO);
  await app.visit(`/simulator?member=${member}&environment=dev&path=%2Fapp`);
  await expect(verdict(page)).toContainText("It depends");
  const cases = page.getByRole("region", { name: "Cases" });
  await expect(cases).toContainText("all there can be");
  await expect(cases.getByRole("listitem").filter({ hasText: /^Allowed/ })).toContainText(
    "not tagged root-key",
  );
  await expect(cases.getByRole("listitem").filter({ hasText: /^Denied/ })).toContainText(
    "tagged root-key",
  );
  await takePictures(page, "simulator-cases");
  await expectAccessible(page);
});

test("the access map is walked by arrows, opened, and saved as a picture", async ({ app }) => {
  test.slow();
  const { page } = app;
  await app.visit(`/simulator?tab=what&member=${await memberId(app, WHO)}`);
  const grid = page.getByRole("grid", { name: "Access by place" });
  await tabTo(page, grid.getByRole("button").first());
  await page.keyboard.press("Enter");
  await expect(grid.getByText("/payments/providers/adyen")).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowRight");
  await expect(grid.getByRole("button", { name: /^dev, \/ and/ })).toBeFocused();
  await page.keyboard.press("Control+End");
  await expect(grid.getByRole("button", { name: /^any other environment/ }).last()).toBeFocused();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const popover = page.getByRole("dialog", { name: "Access in dev" });
  await expect(popover).toContainText("not tagged root-key");
  await takePictures(page, "simulator-map");
  await page.keyboard.press("Escape");
  await expect(grid.getByRole("button", { name: /^dev, \/ and/ })).toBeFocused();
  await expectAccessible(page);

  const saving = page.waitForEvent("download");
  await tabTo(page, page.getByRole("button", { name: "Export" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Save as PNG…" }).press("Enter");
  const file = await saving;
  expect(file.suggestedFilename()).toBe(`access-${WHO}.png`);
  await expectMapPicture(app, readFileSync(await file.path()));
});

/** The file is a picture with a field for each place, coloured as what the core says of it. */
async function expectMapPicture(app: App, file: Buffer): Promise<void> {
  const member = await memberId(app, WHO);
  const { environments, regions } = await app.server.rpc("access_map", {
    question: {
      who: { kind: "member", member },
      what: { kind: "action", subject: "secrets", action: "readValue" },
      place: NOWHERE,
      when: { kind: "now" },
      semantics: null,
      unsaved: { roleDrafts: false, privilege: null },
    },
    subject: "secrets",
  });
  expect(regions.length).toBeGreaterThan(1);
  const expected = regions.map(({ cells }) =>
    cells.map(({ entries }) => {
      const readings = entries.filter(({ action }) => action === "readValue");
      if (readings.length === 0) return "244,244,245";
      return readings.every(({ always }) => always) ? "217,240,227" : "252,240,220";
    }),
  );
  const seen = await app.page.evaluate(
    async ({ data, columns, rows }) => {
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      const pen = canvas.getContext("2d", { willReadFrequently: true });
      if (!pen) throw new Error("there is no canvas");
      pen.drawImage(picture, 0, 0);
      const at = (left: number, top: number) =>
        [...pen.getImageData(left, top, 1, 1).data.slice(0, 3)].join(",");
      const title = pen.getImageData(32, 20, 300, 40).data;
      return {
        width: picture.width,
        height: picture.height,
        edge: at(1, 1),
        dark: title.filter((value, place) => place % 4 === 0 && value < 90).length,
        fields: Array.from({ length: rows }, (_, row) =>
          Array.from({ length: columns }, (_, column) =>
            at(2 * (320 + 120 * column + 5), 2 * (70 + 26 * row + 5)),
          ),
        ),
      };
    },
    { data: file.toString("base64"), columns: environments.length, rows: regions.length },
  );
  expect(seen.width).toBe(2 * (320 + 120 * environments.length + 16));
  expect(seen.height).toBe(2 * (70 + 26 * regions.length + 16));
  expect(seen.edge).toBe("255,255,255");
  expect(seen.dark, "a title is written").toBeGreaterThan(300);
  expect(seen.fields).toEqual(expected);
}

const NOWHERE = {
  environment: null,
  secretPath: null,
  secretName: null,
  secretTags: null,
  secondEnvironment: null,
  secondPath: null,
  newName: null,
  newTags: null,
  metadata: null,
  newMetadata: null,
  connection: null,
  others: [],
  nothingElse: false,
};

const BAD = [
  { what: "no leading slash", path: "payments", says: "A path begins with" },
  { what: "two dots", path: "/payments/../app", says: "resolves nothing" },
  { what: "an empty part", path: "/payments//eu", says: "no empty part" },
  { what: "a slash at its end", path: "/payments/", says: "at its end" },
];
for (const { what, path, says } of BAD) {
  test(`a path with ${what} is explained and not asked as another`, async ({ app }) => {
    const { page } = app;
    await app.visit(`/simulator?member=${await memberId(app, WHO)}&environment=prod`);
    await ask(page, { path });
    await expect(answer(page)).toContainText(says);
    await expect(page.getByRole("combobox", { name: "Path" })).toHaveValue(path);
  });
}

test("what cannot be meant otherwise is answered as it is asked, with a remark", async ({
  app,
}) => {
  const { page } = app;
  const member = await memberId(app, WHO);
  await app.visit(
    `/simulator?member=${member}&environment=qa&path=%2Fapp&name=A*&tags=%5B%22nope%22%5D&when=2020-01-01T00:00:00Z`,
  );
  await expect(answer(page)).toContainText("no environment of this project has the slug qa", {
    ignoreCase: true,
  });
  await expect(answer(page)).toContainText("A* is taken as it is written, not as a pattern");
  await expect(answer(page)).toContainText("No tag of this project has the slug nope");
  await expect(answer(page)).toContainText("This instant is past");
  await app.visit(`/simulator?member=gone&environment=prod&path=%2Fapp`);
  await expect(answer(page)).toContainText("Still needed for an answer");
  await expect(answer(page)).toContainText("not in the project any more");
  await expectAccessible(page);
});

test("a check goes into a ticket as text with its trace, and comes back by its link", async ({
  app,
}) => {
  const { page } = app;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await app.visit(`/simulator?member=${await memberId(app, WHO)}&${PLACE}`);
  await expect(verdict(page)).toContainText("Denied");
  await tabTo(page, page.getByRole("button", { name: "Copy as text" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect.poll(clipboard).toMatch(/^Denied: ci-deployer may not/);
  const text = await clipboard();
  expect(text).toContain("does not match");
  expect(text).toContain("Deployer");
  expect(text).toContain("#/simulator?member=");
  await page.getByRole("button", { name: "Copy link" }).press("Enter");
  await expect.poll(clipboard).toMatch(/^\S+#\/simulator\?member=\S+$/);
  const link = await clipboard();

  // Another question is another address, and back is the one before.
  await page.getByRole("tab", { name: "Who can?" }).click();
  await expect(page.getByRole("treegrid", { name: "Who can?" })).toBeVisible();
  await page.goBack();
  await expect(verdict(page)).toContainText("Denied");
  await page.goForward();
  await expect(page.getByRole("treegrid", { name: "Who can?" })).toBeVisible();
  await page.keyboard.press("Alt+1");
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.getByRole("searchbox", { name: "Search members, folders and commands" }).fill(link);
  await page.getByRole("menuitem", { name: /^Open the link/ }).click();
  await expect(verdict(page)).toContainText("Denied");
  await expect(page.getByRole("textbox", { name: "Secret name" })).toHaveValue("STRIPE_KEY");
});

test("two are compared, and many questions are answered at once", async ({ app }) => {
  const { page } = app;
  const member = await memberId(app, WHO);
  await app.visit(`/simulator?tab=compare&member=${member}`);
  const other = page.getByRole("combobox", { name: "The other" });
  await other.fill("payments-worker");
  await page.getByRole("option", { name: "payments-worker" }).first().click();
  await expect(page.getByRole("region", { name: "Differences" }).first()).toContainText(
    "payments-worker against ci-deployer",
  );
  await takePictures(page, "simulator-compare");
  await expectAccessible(page);

  await page.getByRole("tab", { name: "Batch" }).click();
  await page
    .getByRole("textbox", { name: "Questions" })
    .fill(
      "who,what,environment,path,name,tags,expect\n" +
        "ci-deployer,secret.read-value,prod,/app/api,STRIPE_KEY,-,allowed\n" +
        "ci-deployer,secret.read-value,prod,app,STRIPE_KEY,-,denied\n" +
        "nobody at all,secret.list,prod,/,,,\n",
    );
  const answers = page.getByRole("region", { name: "Answers" });
  await expect(answers).toContainText("3 questions: 1 allowed, 0 denied, 2 could not be asked");
  await expect(answers).toContainText("a path begins with");
  await takePictures(page, "simulator-batch");
  await expectAccessible(page);
});

test("who can stands by role, is closed and opened by keyboard, and leads back to why", async ({
  app,
}) => {
  test.slow();
  const { page } = app;
  await app.visit(`/simulator?tab=who&${PLACE}`);
  const who = page.getByRole("treegrid", { name: "Who can?" });
  await expect(who.getByRole("row", { name: /^Developer \d/, expanded: true })).toBeVisible();
  await expect(who.getByRole("row", { name: /permanent/ }).first()).toBeVisible();
  await takePictures(page, "simulator-who");
  await expectAccessible(page);

  const headings = who.getByRole("row", { level: 1 });
  const first = headings.first();
  await tabTo(page, first);
  await page.keyboard.press("ArrowLeft");
  await expect(first).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("ArrowDown");
  await expect(headings.nth(1)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowRight");
  await expect(first).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("ArrowDown");
  await expect(who.getByRole("row", { level: 2 }).first()).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(first).toBeFocused();

  await page.getByRole("button", { name: "Collapse all" }).press("Enter");
  await expect(who.getByRole("row", { level: 2 })).toHaveCount(0);
  await headings.filter({ hasText: /^Developer/ }).press("Enter");
  const row = who.getByRole("row", { level: 2 }).first();
  await expect(row).toBeVisible();
  const exporting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).press("Enter");
  await page.getByRole("menuitem", { name: "Save as CSV…" }).press("Enter");
  const csv = readFileSync(await (await exporting).path(), "utf8");
  expect(csv.split("\n").filter((line) => line.startsWith("Developer,")).length).toBeGreaterThan(0);
  await row.press("Enter");
  await expect(verdict(page)).toContainText("through the role Developer");
});

/** Presses Tab until `wanted` has the focus. */
async function tabTo(page: Page, wanted: Locator, key = "Tab"): Promise<void> {
  await expect(wanted).toBeVisible();
  // A list that opens on the way hides the rest of the page from the roles by which it is found.
  const element = await wanted.elementHandle();
  for (let press = 0; press < 80; press += 1) {
    if (await page.evaluate((it) => it === document.activeElement, element)) return;
    await page.keyboard.press(key);
  }
  await expect(wanted).toBeFocused();
}

function stop(page: Page): Locator {
  return page.getByRole("region", { name: "What would stop it" });
}

async function testCounts(app: App): Promise<{ passed: number; failed: number }> {
  const { passed, failed } = await app.server.rpc("access_tests", {});
  return { passed, failed };
}

async function memberId(app: App, name: string): Promise<string> {
  const { members } = await app.server.rpc("find", { text: name });
  const id = members[0]?.member.id;
  if (id === undefined) throw new Error(`no member is called ${name}`);
  return id;
}
