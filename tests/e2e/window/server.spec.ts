/** The window and a server: connected, pulled, asked, compared, and still there without it. */
import { InfisicalServer } from "../support/infisical.ts";
import { pictureFolder } from "../support/places.ts";
import { filesWith, TOKEN } from "../support/secrets.ts";
import { expect, test, type Window } from "../support/window.ts";

test("a first start connects, pulls and compares a project, and goes on without the server", async ({
  openWindow,
  home,
}, testInfo) => {
  test.setTimeout(240_000);
  const server = await InfisicalServer.start();
  try {
    const window = await openWindow();
    await window.element("heading", "Reeve");
    await window.takePicture("window-welcome");
    await window.click("button", /^Connect to Infisical/);
    await window.click("radio", "Self-hosted");
    await window.type("textbox", "Address", server.address);
    await window.type("textbox", "Client ID", server.clientId);
    await window.type("textbox", "Client secret", "not the secret");
    await window.press("Enter");
    await window.expectText(/Invalid credentials|does not know|not accepted|refused/i);
    await window.takePicture("window-sign-in-refused");
    await window.fill("textbox", "Client secret", server.clientSecret);
    await window.press("Enter");
    await window.element("heading", "Choose a project");
    await window.takePicture("window-choose-project");
    await window.click("button", "Pull");
    await window.element("heading", "Overview");
    await window.expectText(/Read only\.\s*Pulled/);
    await window.takePicture("window-linked");

    await window.click("link", /^Members \d/);
    await window.element("row", /ci-deployer/);
    await window.takePicture("window-linked-members");
    await window.click("link", /^Roles \d/);
    await window.element("row", /Admin/);
    await simulate(window);
    await window.takePicture("window-linked-simulator");

    await window.click("link", /^Members \d/);
    await window.click("row", /ci-deployer/);
    await window.click("button", "Verify ci-deployer with the server");
    await window.expectText(/Same: \d+ rules? from \d+ sources?/);
    await window.takePicture("window-linked-member");

    await window.click("link", "Connections");
    await window.click("button", "Verify all members");
    await window.expectText(/[1-9]\d* agree, 0 do not/);
    await window.takePicture("window-verified");

    await server.stop();
    await window.click("button", "Pull");
    await window.expectText(/cannot be reached: nobody listens there[^]*Retry/);
    await window.takePicture("window-server-gone");
    await window.restart();
    await window.expectText(/Read only\.\s*Pulled/);
    await simulate(window);
    await window.click("link", /^Members \d/);
    await window.element("row", /ci-deployer/);
    await window.close();

    expect(filesWith(home, server.clientSecret)).toEqual([]);
    expect(filesWith(testInfo.outputDir, server.clientSecret)).toEqual([]);
    expect(filesWith(pictureFolder, server.clientSecret)).toEqual([]);
    for (const folder of [home, testInfo.outputDir, pictureFolder]) {
      expect(filesWith(folder, TOKEN), folder).toEqual([]);
    }
  } finally {
    await server.stop();
  }
});

/** Asks whether somebody may read, and waits for an answer that names a reason. */
async function simulate(window: Window): Promise<void> {
  await window.click("link", /^Members \d/);
  await window.click("row", /ci-deployer/);
  await window.click("link", "Simulate");
  await window.type("combobox", "Environment", "dev");
  await window.press("Tab");
  await window.type("combobox", "Path", "/");
  await window.press("Tab");
  await window.expectText(/(Allowed|Denied|It depends)\s/);
}
