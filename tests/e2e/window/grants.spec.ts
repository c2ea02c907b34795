/** Additional privileges in the real window: given, changed, taken back, ending and beginning. */
import { expect, test, type Window } from "../support/window.ts";
import {
  addSecretsOfProd,
  fillReading,
  giveReading,
  openMember,
  startPrivilege,
} from "../support/windowSteps.ts";

for (const who of ["Anders Holm", "ci-deployer"]) {
  test(`${who} is given an additional privilege in seven steps, edited, and rid of it`, async ({
    openWindow,
  }) => {
    test.setTimeout(180_000);
    const window = await openWindow("--sample");

    await openMember(window, who);
    await startPrivilege(window);
    await addSecretsOfProd(window);
    await window.fill("textbox", "Privilege name", "Seven Steps");
    await window.expectText("Saved as seven-steps");
    await window.click("radio", "Timed");
    await window.fill("textbox", "Other duration", "4h");
    await window.type("textbox", /^Reason/, "Seven steps");
    await window.expectText(/Effect\s[^]*prod/);
    await window.takePicture(`window-seven-steps-${who.replaceAll(" ", "-").toLowerCase()}`);
    await window.press("Control+Enter");
    await window.element("button", /^seven-steps .*in (4 h|3 h 59 m)/);

    await act(window, "seven-steps", /^Edit/);
    await window.fill("textbox", /^Reason/, "Edited");
    await window.press("Control+Enter");
    await window.element("button", /^seven-steps .*Edited/);

    await act(window, "seven-steps", /^Remove/);
    await window.expectNone("button", /^seven-steps /);
    await window.click("link", /^History/);
    await window.expectText(/seven-steps/);
  });
}

test("each of the five verbs changes how long a privilege counts, and is taken back", async ({
  openWindow,
}) => {
  test.setTimeout(240_000);
  const window = await openWindow("--sample");
  await openMember(window, "Anders Holm");
  await giveReading(window, "timed", "2h");
  const before = /^timed .*in (2 h|1 h 5\d m)/;
  await window.element("button", before);

  await act(window, "timed", /^Extend/);
  await window.fill("textbox", "Other duration", "4h");
  await window.click("button", /^Extend( Ctrl.*)?$/);
  await window.element("button", /^timed .*in (6 h|5 h 5\d m)/);
  await takeBack(window, before);

  await act(window, "timed", /^Shorten/);
  await window.click("radio", "From now");
  await window.fill("textbox", "Other duration", "15m");
  await window.click("button", /^Shorten( Ctrl.*)?$/);
  await window.element("button", /^timed .*in 1[45] m/);
  await takeBack(window, before);

  await act(window, "timed", /^End now/);
  await window.element("button", /^timed .*ended/);
  await takeBack(window, before);

  // Two hours have begun anew, which the minutes show only after one has passed.
  await act(window, "timed", /^End now/);
  await window.element("button", /^timed .*ended/);
  await act(window, "timed", /^Renew/);
  await window.fill("textbox", "Other duration", "3h");
  await window.click("button", /^Renew( Ctrl.*)?$/);
  await window.element("button", /^timed .*in (3 h|2 h 5\d m)/);
  await act(window, "timed", /^Restart/);
  await window.expectText(/Restarted timed/);
  await window.element("button", /^timed .*in (3 h|2 h 5\d m)/);
  await takeBack(window, /^timed .*in (3 h|2 h 5\d m)/);
  await act(window, "timed", /^Shorten/);
  await window.click("radio", "From now");
  await window.fill("textbox", "Other duration", "2h");
  await window.click("button", /^Shorten( Ctrl.*)?$/);
  await window.element("button", before);

  await act(window, "timed", /^Make permanent/);
  await window.element("button", /^timed .*permanent/i);
  await takeBack(window, before);
});

test("the timed access of more than two hundred members is extended after one preview", async ({
  openWindow,
}) => {
  test.setTimeout(180_000);
  const window = await openWindow("--scale", "3000");
  await window.click("link", /^Members \d/);
  await window.tabTo(/^(?!Members)\S+ .*@/);
  await window.press("Control+a");
  await window.click("button", "Extend");
  await window.expectText(/\d+ grants of [\d ,.]+ members would change/);
  const summary = /grants of ([\d ,.]+) members would change/.exec(await window.text());
  expect(Number(summary?.[1]?.replaceAll(/\D/g, ""))).toBeGreaterThanOrEqual(200);
  await window.takePicture("window-extend-many");
  await window.click("button", /^Extend \d/);
  await window.expectText(/Undo/);
  await window.click("button", /^Undo/);
  await window.expectText(/Took back extending/);
});

test("a grant that ends while the window is open is seen to end", async ({ openWindow }) => {
  test.setTimeout(180_000);
  const window = await openWindow("--sample");
  await openMember(window, "Anders Holm");
  await giveReading(window, "brief", "20s");
  await window.element("button", /^brief .*in \d+ s/);
  await window.element("button", /^brief .*ended/);
  await window.takePicture("window-ended");
  await window.click("link", "Simulate");
  await window.type("combobox", "Environment", "prod");
  await window.press("Tab");
  await window.expectText(/Denied\s[^]*ended/);
});

test("a grant that is planned begins by itself", async ({ openWindow }) => {
  test.setTimeout(240_000);
  const window = await openWindow("--sample");
  await openMember(window, "Anders Holm");
  await startPrivilege(window);
  await fillReading(window, "planned", "2h");
  await window.click("radio", "Later");
  const start = new Date(Math.ceil((Date.now() + 30_000) / 60_000) * 60_000);
  await window.focus("spinbutton", /^day/);
  await window.keys(berlinDigits(start));
  await window.press("Control+Enter");
  await window.element("heading", "Scheduled");
  await window.takePicture("window-scheduled");
  await expect.poll(() => Date.now(), { timeout: 120_000 }).toBeGreaterThan(start.getTime());
  await window.expectNone("heading", "Scheduled");
  await window.element("button", /^planned .*in (2 h|1 h 59 m)/);
});

/** Chooses from the menu of acts on a privilege. */
async function act(window: Window, privilege: string, name: RegExp): Promise<void> {
  await window.click("button", `Acts on ${privilege}`);
  await window.click("menuitem", name);
}

/** Takes back what the newest note says, after which the privilege reads as before. */
async function takeBack(window: Window, before: RegExp): Promise<void> {
  await window.clickFirst("button", /^Undo/);
  await window.element("button", before);
}

/** Day, month, year, hour and minute of an instant in the time zone of the window, as one types them. */
function berlinDigits(instant: Date): string {
  const zone = { timeZone: "Europe/Berlin", dateStyle: "short", timeStyle: "short" } as const;
  const [day, month, year, hour, minute] = new Intl.DateTimeFormat("en-GB", zone)
    .format(instant)
    .split(/\D+/);
  return `${day}${month}${year}${hour}${minute}`;
}
