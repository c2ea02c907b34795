/** The window and a server: connected, pulled, asked, compared, and still there without it. */
import { InfisicalServer } from "../support/infisical.ts";
import { filesWith } from "../support/secrets.ts";
import { expect, test, type Window } from "../support/window.ts";

/** How old the data is, above every screen. */
const AGE = /Read only\.\s*Pulled (just now|\d+ m ago)/;

test("a first start connects, pulls and compares a project, and goes on without the server", async ({
  openWindow,
  home,
}) => {
  test.setTimeout(300_000);
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
    // So slow that every step is seen.
    await server.meanwhile({ do: "late", milliseconds: 400 });
    await window.click("button", "Pull");
    await window.element("heading", "Pulling the project");
    await window.expectText(/Roles\s+\d+ \/ \d+/);
    await window.takePicture("window-pulling");
    await window.element("heading", "Overview");
    await window.expectText(/Read only\.\s*Pulled/);
    await window.takePicture("window-linked");
    await window.click("button", "Pull");
    await window.expectText(/Linked project[^]*Pulling · [A-Z]/);
    await window.takePicture("window-pulling-again");
    await server.meanwhile({ do: "heal" });
    await window.element("button", "Pull");

    await window.click("link", /^Members \d/);
    await window.element("row", /ci-deployer/);
    await window.takePicture("window-linked-members");
    await window.click("row", /app-reader/);
    await window.expectText("perm-shared-prod");
    await window.takePicture("window-linked-privileges");
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
    await window.expectText(AGE);
    await window.takePicture("window-server-gone");
    await window.restart();
    await window.expectText(AGE);
    await simulate(window);
    await window.click("link", /^Members \d/);
    await window.element("row", /ci-deployer/);
    await window.close();

    // What is not secret is there; what is, is searched for in every folder once the test is over.
    expect(filesWith(home, server.clientId)).not.toEqual([]);
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
