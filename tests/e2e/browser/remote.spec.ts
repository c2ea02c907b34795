/** Connecting to a server in every way there is, pulling, and what is said when it does not work. */
import type { Locator, Page } from "@playwright/test";
import { join } from "node:path";
import { expect, temporaryFolder, test as base, type App } from "../support/app.ts";
import { IDENTITIES, InfisicalServer } from "../support/infisical.ts";
import { expectAccessible, expectNoSidewaysScroll, takePictures } from "../support/look.ts";

interface Servers {
  /** Starts a server with the given command line. */
  serve: (...words: string[]) => Promise<InfisicalServer>;
}

const test = base.extend<Servers>({
  serve: async ({}, use) => {
    const started: InfisicalServer[] = [];
    await use(async (...words) => {
      const server = await InfisicalServer.start(...words);
      started.push(server);
      return server;
    });
    for (const server of started) await server.stop();
  },
});

/** A user who is in the project through its group only. */
const CAROL = "4b1f2f43-0ad9-48c3-bc06-1a0450ee4061";

/** Rules that a role has on the server by now; one of them nobody here understands. */
const OTHERS = [
  {
    subject: "secrets",
    action: ["describeSecret", "readValue"],
    conditions: { environment: { $eq: "prod" }, secretPath: { $glob: "/payments/**" } },
  },
  {
    subject: "secrets",
    action: ["readValue"],
    inverted: true,
    conditions: { secretTags: { $in: ["pci"] } },
  },
  { subject: "martians", action: ["greet"] },
];

/** Rules of which metadata decides where they hold. */
const BY_TEAM = [
  {
    subject: "secrets",
    action: ["readValue"],
    conditions: { environment: { $in: ["dev", "prod"] } },
  },
  {
    subject: "secrets",
    action: ["readValue"],
    conditions: { environment: "staging", secretPath: { $glob: "/{{identity.metadata.team}}/**" } },
  },
  {
    subject: "secrets",
    action: ["readValue"],
    inverted: true,
    conditions: { environment: "prod", secretTags: { $in: ["team-{{identity.metadata.team}}"] } },
  },
  {
    subject: "secrets",
    action: ["readValue"],
    inverted: true,
    conditions: { secretPath: { $glob: "/app/**" }, secretTags: { $in: ["pci"] } },
  },
];

async function look(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await takePictures(page, name);
  await expectNoSidewaysScroll(page);
}

/** Opens the dialog and says where the server is. */
async function reach(page: Page, address: string): Promise<void> {
  await page.getByRole("button", { name: "Connect to Infisical" }).click();
  await page.getByRole("radio", { name: "Self-hosted" }).click();
  await page.getByRole("textbox", { name: "Address" }).fill(address);
}

async function signInAsIdentity(page: Page, server: InfisicalServer): Promise<void> {
  await reach(page, server.address);
  await page.getByRole("textbox", { name: "Client ID" }).fill(server.clientId);
  await page.getByRole("textbox", { name: "Client secret" }).fill(server.clientSecret);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Choose a project" })).toBeVisible();
}

/** Gives the link that the browser is sent to. */
async function askTheBrowser(page: Page, server: InfisicalServer): Promise<Locator> {
  await reach(page, server.address);
  await page.getByRole("radio", { name: "User, in the browser" }).click();
  await page.getByRole("button", { name: "Open the browser" }).click();
  return page.getByRole("dialog").getByRole("link");
}

async function connections(app: App): Promise<void> {
  await app.visit("/settings/connections");
  await expect(app.page.getByRole("heading", { name: "Connections", level: 1 })).toBeVisible();
}

/** Opens the project of `server`, pulled by a machine identity. */
async function pulled(app: App, server: InfisicalServer): Promise<void> {
  const { page } = app;
  await connections(app);
  await signInAsIdentity(page, server);
  await page.getByRole("button", { name: "Pull", exact: true }).click();
  await expect(page.getByRole("region", { name: "Linked project" })).toContainText("Read only.");
}

test("a browser hands its session over, although the page is one from the internet", async ({
  app,
  page,
  context,
  serve,
}) => {
  test.slow();
  const server = await serve();
  await connections(app);
  const link = await askTheBrowser(page, server);
  await expect(link).toHaveAttribute("href", /\/login\?callback_port=\d+$/);
  await look(page, "connect-browser-waiting");

  await context.grantPermissions(["local-network-access"], { origin: server.address });
  const site = await context.newPage();
  await site.goto((await link.getAttribute("href")) ?? "");
  await site.getByRole("button", { name: "Continue as admin@example.test" }).click();
  await expect(site.getByRole("status")).toHaveText("Signed in. You may close this page.");
  await site.close();

  await expect(page.getByRole("heading", { name: "Choose a project" })).toBeVisible();
  await page.getByRole("button", { name: "Pull", exact: true }).click();
  await expect(page.getByRole("region", { name: "Linked project" })).toContainText("Read only.");
  await connections(app);
  await expect(page.getByText(/as a user/)).toBeVisible();
});

test("where the page cannot reach this machine, what it shows is pasted", async ({
  app,
  page,
  context,
  serve,
}) => {
  const server = await serve();
  await connections(app);
  const link = await askTheBrowser(page, server);
  await expect(link).toHaveAttribute("href", /callback_port=\d+$/);
  const address = new URL((await link.getAttribute("href")) ?? "");
  const port = address.searchParams.get("callback_port") ?? "";
  const site = await context.newPage();
  await site.route(`http://127.0.0.1:${port}/`, (route) => route.abort());
  await site.goto(address.href);
  await site.getByRole("button", { name: "Continue as admin@example.test" }).click();
  const shown = site.getByRole("status");
  await expect(shown).toHaveText(/^\w{40,}=*$/);
  const pasted = page.getByRole("textbox", { name: "Or paste what the page shows" });
  await pasted.fill("not what it shows");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toBeVisible();
  await pasted.fill((await shown.textContent()) ?? "");
  await site.close();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Choose a project" })).toBeVisible();
});

test("a first start offers its ways, and a pull shows how far it is", async ({
  launch,
  page,
  serve,
}) => {
  test.slow();
  const server = await serve("--late", "400");
  const app = await launch({ first: true });
  await expect(page.getByRole("heading", { name: "Reeve" })).toBeVisible();
  await look(page, "remote-welcome");
  await signInAsIdentity(page, server);
  await takePictures(page, "remote-choose-project");
  await page.getByRole("button", { name: "Pull", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Pulling the project" })).toBeVisible();
  await expect(page.getByRole("status", { name: "Progress" })).toContainText("Roles");
  await takePictures(page, "remote-pulling");
  await expect(page.getByRole("region", { name: "Linked project" })).toContainText("Read only.", {
    timeout: 40_000,
  });
  await connections(app);
  await expect(page.getByRole("region", { name: "Not seen" })).toContainText("Metadata of users");
  await look(page, "remote-connections");
  await page.getByRole("button", { name: "Verify all members" }).click();
  await expect(page.getByText(/[1-9]\d* agree, 0 do not, 0 not told/)).toBeVisible({
    timeout: 40_000,
  });
  await look(page, "remote-verified");
  await server.stop();
  await page.getByRole("button", { name: "Pull", exact: true }).click();
  await expect(page.getByRole("region", { name: "Linked project" })).toContainText(
    "nobody listens there",
    { timeout: 40_000 },
  );
  await look(page, "remote-server-gone");
});

test("where the server has other rules, both sides stand in words", async ({
  app,
  page,
  serve,
}) => {
  test.slow();
  const server = await serve();
  await pulled(app, server);
  await server.meanwhile(
    { do: "set", list: "roles", where: { slug: "app-reader-role" }, to: { permissions: OTHERS } },
    { do: "remove", list: "identityPrivileges", where: { slug: "given-by-giver" } },
  );
  await page.getByRole("link", { name: "Connections" }).click();
  await page.getByRole("button", { name: "Verify all members" }).click();
  const differing = page
    .getByRole("listitem")
    .filter({ hasText: "The role App reader has other rules" })
    .first();
  await expect(differing).toContainText("Other rules");
  const theirs = differing.getByRole("region", { name: "Only on the server" });
  await expect(theirs).toContainText("Environment Equal prod");
  await expect(theirs).toContainText('"greet"');
  await expect(page.getByText("Missing on the server").first()).toBeVisible();
  await page.getByRole("link", { name: "app-reader" }).scrollIntoViewIfNeeded();
  await takePictures(page, "remote-different");
  await differing.getByRole("button", { name: "As JSON" }).click();
  await expect(
    differing.getByRole("button", { name: "Copy rules only on the server" }),
  ).toBeVisible();
  await look(page, "remote-different-json");
  await page.getByRole("link", { name: "app-reader" }).click();
  await page.getByRole("button", { name: "Show both sides" }).click();
  await expect(
    page.getByRole("dialog", { name: "app-reader on the server and in Reeve" }),
  ).toContainText("Environment Equal prod");
  await look(page, "remote-different-member");
});

test("what is not certain is marked in the map and in a comparison", async ({
  app,
  page,
  serve,
}) => {
  test.slow();
  const server = await serve();
  await server.meanwhile({
    do: "set",
    list: "roles",
    where: { slug: "team-scoped" },
    to: { permissions: BY_TEAM },
  });
  await pulled(app, server);
  // Metadata of users is not seen, and the role of the group that she is in asks for it.
  await app.visit(`/simulator?tab=what&member=${CAROL}`);
  const map = page.getByRole("region", { name: "Access map" });
  await expect(map.getByRole("status")).toContainText("not certain where it is marked");
  await expect(map.getByRole("button", { name: /not certain/ }).first()).toBeVisible();
  await expect(map.getByText(/Not certain: what could not be pulled/)).toBeVisible();
  await look(page, "remote-map-not-certain");
  await map
    .getByRole("button", { name: /not certain for some of it/ })
    .first()
    .click();
  await expect(page.getByRole("dialog")).toContainText("not certain:");
  await takePictures(page, "remote-map-not-certain-cell");
  await app.visit(`/simulator?tab=what&member=${IDENTITIES.reader}`);
  await expect(map.getByRole("status")).toContainText("Where app-reader may");
  await expect(map.getByText(/not certain/i)).toHaveCount(0);
  await app.visit(`/simulator?tab=compare&member=${IDENTITIES.reader}`);
  await page.getByRole("combobox", { name: "The other" }).fill("carol");
  await page.getByRole("option", { name: /carol/ }).first().click();
  const differences = page.getByRole("region", { name: "Differences" }).first();
  await expect(differences.getByRole("status")).toContainText(
    "as far as is known of carol@example.test",
  );
  await expect(differences.getByText("Not certain of carol@example.test").first()).toBeVisible();
  await look(page, "remote-compare-not-certain");
});

test("what does not work says why and keeps what was typed", async ({ app, page, serve }) => {
  test.slow();
  const authority = join(temporaryFolder(), "authority.pem");
  const encrypted = await serve("--encrypted", authority);
  await connections(app);
  await reach(page, encrypted.address);
  const id = page.getByRole("textbox", { name: "Client ID" });
  const secret = page.getByRole("textbox", { name: "Client secret" });
  const address = page.getByRole("textbox", { name: "Address" });
  const said = page.getByRole("dialog").getByRole("alert");
  await id.fill(encrypted.clientId);
  await secret.fill(encrypted.clientSecret);
  await page.keyboard.press("Enter");
  await expect(said).toContainText("certificate");
  await look(page, "connect-unknown-authority");

  await page.evaluate((chosen) => {
    (globalThis as { __chosenFile?: string }).__chosenFile = chosen;
  }, authority);
  await page.getByRole("button", { name: "Choose certificate file" }).click();
  await expect(page.getByRole("textbox", { name: "Own CA certificate" })).toHaveValue(authority);
  await secret.fill("not the secret");
  await page.keyboard.press("Enter");
  await expect(said).toContainText("Invalid credentials");
  await expect(id).toHaveValue(encrypted.clientId);

  await address.fill("https://127.0.0.1:9");
  await page.keyboard.press("Enter");
  await expect(said).toContainText("nobody listens there");

  await address.fill("http://infisical.example.com");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText(/https/i);
  await look(page, "connect-plain-http");

  await address.fill(encrypted.address);
  await secret.fill(encrypted.clientSecret);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Choose a project" })).toBeVisible();
});

test("without a keyring the dialog says so and keeps the sign-in in memory", async ({
  launch,
  page,
  serve,
}) => {
  test.slow();
  const server = await serve();
  const app = await launch({ withoutKeyring: true });
  await connections(app);
  await page.getByRole("button", { name: "Connect to Infisical" }).click();
  await expect(page.getByRole("dialog").getByRole("note")).toContainText(
    "never written to the disk",
  );
  await look(page, "connect-no-keyring");
  await page.keyboard.press("Escape");
  await signInAsIdentity(page, server);
  await page.keyboard.press("Escape");
  await expect(page.getByText("This session only", { exact: true })).toBeVisible();
  await look(page, "remote-no-keyring");
});
