/** Messages of the desktop, as they cross the session bus. */
import { messagesIn, type Message } from "../support/desktop.ts";
import { PATIENCE } from "../support/until.ts";
import { expect, test } from "../support/window.ts";
import { giveReading, openMember } from "../support/windowSteps.ts";

test("what ends is said on the desktop, without names, in one message that changes", async ({
  home,
  openWindow,
}) => {
  test.setTimeout(180_000);
  const window = await openWindow("--sample");
  const messages = () => messagesIn(home);
  const last = (): Partial<Message> => messages().at(-1) ?? {};

  await window.click("link", "Settings");
  await window.click("button", "Show one");
  await expect.poll(() => messages().length, { timeout: PATIENCE }).toBe(1);
  expect(last()).toMatchObject({
    app: "Reeve",
    replaces: 0,
    title: "Access ends within 1 hour",
    body: "Open Reeve to see whose and what.",
    actions: ["default", "Open Reeve"],
  });

  await window.focus("checkbox", "When it has ended");
  await window.press("Space");
  await openMember(window, "legacy-billing-job");
  await giveReading(window, "brief", "5s");

  await expect.poll(() => messages().length, { timeout: PATIENCE }).toBe(2);
  expect(last()).toMatchObject({
    id: messages()[0]?.id,
    replaces: messages()[0]?.id,
    // What else of the sample is due soon is said along with it.
    title: expect.stringMatching(/^(Access has ended|1 grant has ended, \d+ to end)$/),
    body: "Open Reeve to see whose and what.",
  });
});
