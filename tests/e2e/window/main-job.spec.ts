/** What Reeve is for, in its real window, up to a power cut and back. */
import { expect, test } from "../support/window.ts";
import { addSecretsOfProd } from "../support/windowSteps.ts";

const WHO = "Anders Holm";
const NAME = "incident-4711";

test("access given in the window works, and is there again after a restart", async ({
  openWindow,
}) => {
  test.setTimeout(180_000);
  const window = await openWindow("--sample");

  await window.click("link", /^Members \d/);
  await window.type("searchbox", /^Filter by name/, WHO);
  await window.expectText("1 member");
  await window.click("row", new RegExp(WHO));
  await window.element("heading", WHO);
  await window.takePicture("window-member");

  await window.click("link", "Simulate");
  await window.type("combobox", "Environment", "prod");
  await window.press("Tab");
  await window.type("combobox", "Path", "/payments/eu");
  await window.press("Tab");
  await window.expectText(/Denied\s/);

  await window.press("Alt+ArrowLeft");
  await window.element("heading", WHO);
  await window.expectFocus(WHO);
  await window.tabTo(/^Add Additional Privileges/);
  await window.press("Enter");
  await window.type("textbox", "Privilege name", NAME);
  await window.click("radio", "Timed");
  await window.click("radio", "1 h");
  await addSecretsOfProd(window);
  await window.click("button", "Add condition");
  await window.type("combobox", "Value of Secret Path", "/payments/**");
  await window.press("Tab");
  await window.expectText(/Environment is prod and Secret Path matches \/payments\/\*\*/);
  await window.takePicture("window-privilege");
  await window.press("Control+Enter");
  await window.element("button", new RegExp(`^${NAME} .*in (1 h|59 m)`));

  await window.click("link", "Simulate");
  await window.type("combobox", "Environment", "prod");
  await window.press("Tab");
  await window.type("combobox", "Path", "/payments/eu");
  await window.press("Tab");
  await window.expectText(new RegExp(`Allowed\\s[^]*${NAME}`));
  await window.takePicture("window-simulator");
  await window.click("radio", "At…");
  await window.click("button", "+2 h");
  await window.expectText(/Denied\s[^]*ended/);

  // Without a word on the command line it opens what was open last.
  await window.restart();
  await window.click("link", "History");
  await window.expectText(NAME);
  await window.takePicture("window-history");
  await window.click("link", /^Members \d/);
  await window.type("searchbox", /^Filter by name/, WHO);
  await window.expectText("1 member");
  await window.click("row", new RegExp(WHO));
  await window.element("button", new RegExp(`^${NAME} .*in \\d+ m`));
  expect(await window.text()).toContain(WHO);
});
