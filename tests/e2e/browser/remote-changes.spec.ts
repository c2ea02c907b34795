/** What a pull found changed on the server, and what it could not see: both are told where it matters. */
import type { Page } from "@playwright/test";
import { expect, test as base, type App } from "../support/app.ts";
import { IDENTITIES, InfisicalServer } from "../support/infisical.ts";
import { link } from "../support/linked.ts";
import { expectAccessible, expectNoSidewaysScroll, takePictures } from "../support/look.ts";
import { filesWith } from "../support/secrets.ts";
import { verdict } from "../support/steps.ts";

const HOUR = 3_600_000;

const test = base.extend<{ server: InfisicalServer }>({
  server: async ({}, use) => {
    const server = await InfisicalServer.start();
    await use(server);
    await server.stop();
  },
});

async function look(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await takePictures(page, name);
  await expectNoSidewaysScroll(page);
}

test("what others changed on the server stands in a list that leads to it", async ({
  app,
  page,
  server,
}) => {
  test.slow();
  const end = (hours: number) => ({
    temporaryAccessEndTime: new Date(Date.now() + hours * HOUR).toISOString(),
  });
  await server.meanwhile(
    { do: "set", list: "identityPrivileges", where: { isTemporary: true }, to: end(99) },
    { do: "set", list: "userPrivileges", where: { isTemporary: true }, to: end(99) },
    { do: "set", list: "identityPrivileges", where: { slug: "temp-payments" }, to: end(1) },
  );
  await link(app, server, IDENTITIES.admin);
  const banner = page.getByRole("region", { name: "Linked project" });
  await expect(banner).toContainText("Read only.");

  await server.meanwhile(
    { do: "clock", milliseconds: 2 * HOUR },
    { do: "set", list: "roles", where: { slug: "app-reader-role" }, to: { name: "App readers" } },
    {
      do: "set",
      list: "roles",
      where: { slug: "deployer-role" },
      to: { permissions: [{ subject: "role", action: ["read"], inverted: false }] },
    },
    { do: "remove", list: "users", where: { user: { username: "bob@example.test" } } },
    { do: "remove", list: "userPrivileges", where: { slug: "alice-perm" } },
    {
      do: "give",
      to: IDENTITIES.reader,
      privilege: {
        slug: "hotfix-database",
        isTemporary: false,
        permissions: [{ subject: "secrets", action: ["readValue"], inverted: false }],
      },
    },
  );
  await banner.getByRole("button", { name: "Pull", exact: true }).click();
  const headline =
    "2 roles changed, 1 member removed, 1 privilege given, 1 privilege taken away, 1 privilege ended";
  await expect(banner).toContainText(headline);
  await banner.getByRole("link", { name: headline }).click();

  const changed = page.getByRole("region", { name: "Changed on the server" });
  await expect(changed.getByRole("paragraph").first()).toHaveText(headline);
  await expect(changed.getByRole("listitem")).toHaveText([
    /The role App readers was changed/,
    /The role Deployer was changed/,
    /^bob@example\.test is no member any more$/,
    /app-reader was given the privilege hotfix-database/,
    /The privilege alice-perm was taken from alice@example\.test/,
    /The privilege temp-payments of app-reader ended\s1\sh ago/,
  ]);
  await look(page, "remote-changes");

  await changed.getByRole("link", { name: "Show the role: The role `App readers`" }).click();
  await expect(page.getByRole("heading", { name: "App readers", level: 1 })).toBeVisible();
  await page.goBack();
  await changed.getByRole("link", { name: /hotfix-database/ }).click();
  await expect(page.getByRole("heading", { name: "app-reader", level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: /^hotfix-database\b/ })).toBeVisible();
  await page.goBack();
  await changed.getByRole("button", { name: "Show in full" }).click();
  await expect(page.getByRole("heading", { name: "History", level: 1 })).toBeVisible();
  const entry = page.getByRole("region", { name: /App readers/ });
  await expect(entry).toContainText("changed");
  await look(page, "remote-changes-history");

  // The next pull, with nothing new, says so.
  await banner.getByRole("button", { name: "Pull", exact: true }).click();
  await expect(banner).not.toContainText(headline);
  await app.visit("/settings/connections");
  await expect(changed).toContainText("Nothing changed on the server");
});

test("what could not be seen is told above every answer that it leaves open", async ({
  app,
  page,
  server,
}) => {
  test.slow();
  await server.meanwhile(
    { do: "allow", who: IDENTITIES.giver, only: ["read:member", "read:identity", "read:role"] },
    { do: "forget", path: "permissions/audit" },
  );
  await link(app, server, IDENTITIES.giver);
  await app.visit("/settings/connections");
  const notSeen = page.getByRole("region", { name: "Not seen" });
  await expect(notSeen).toContainText("Additional privileges of users not seen");
  await look(page, "unseen-connections");
  const member = await memberId(app, "alice@example.test");
  const note = page.getByRole("note");

  await app.visit(`/simulator?member=${member}&environment=prod&path=%2Fdb`);
  await expect(verdict(page)).toContainText("Unknown");
  await look(page, "unseen-simulator");

  await page.getByRole("tab", { name: "What can they do?" }).click();
  await expect(page.getByRole("grid", { name: "Access by place" })).toBeVisible();
  await expect(note).toHaveCount(1);
  await expect(note).toContainText("Additional privileges of users could not be pulled.");
  await look(page, "unseen-map");

  await page.getByRole("tab", { name: "Compare" }).click();
  await page.getByRole("combobox", { name: "The other" }).fill("ci-deployer");
  await page.getByRole("option", { name: "ci-deployer" }).click();
  await expect(page.getByRole("region", { name: "Differences" }).getByRole("status")).toContainText(
    "ci-deployer against alice@example.test",
  );
  await expect(note).toHaveCount(1);
  await expect(note).toContainText("Additional privileges of users could not be pulled.");
  await look(page, "unseen-compare");
});

test("a server that is gone leaves everything as it was, and the data says how old it is", async ({
  launch,
  page,
  server,
}) => {
  test.slow();
  await page.clock.install();
  const app = await launch({ first: true });
  await link(app, server, IDENTITIES.admin);
  // What is not secret is kept; what is, is searched for once the test is over.
  expect(filesWith(app.data, server.clientId)).not.toEqual([]);
  const member = await memberId(app, "ci-deployer");
  const banner = page.getByRole("region", { name: "Linked project" });
  await server.meanwhile({ do: "strike", with: "endlessAnswer" });
  await banner.getByRole("button", { name: "Pull", exact: true }).click();
  await banner.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Cancelled; everything is as it was")).toBeVisible();

  await server.stop();
  await banner.getByRole("button", { name: "Pull", exact: true }).click();
  const said = banner.getByRole("alert");
  await expect(said).toContainText("nobody listens there");
  await expect(page.getByRole("banner")).toContainText("Offline · Pulled just now");
  await app.sleep(3 * HOUR);
  await expect(page.getByRole("banner")).toContainText(/Offline · Pulled 3\sh ago/);

  await app.visit(`/simulator?member=${member}&environment=prod&path=%2Fapp`);
  await expect(verdict(page)).toContainText("It depends");
  await said.getByRole("button", { name: "Dismiss" }).press("Enter");
  await expect(said).toHaveCount(0);
  await app.restart();
  await expect(banner).toContainText(/Read only\.\s*Pulled 3\sh ago/);
  await app.visit(`/simulator?member=${member}&environment=prod&path=%2Fapp`);
  await expect(verdict(page)).toContainText("It depends");
});

async function memberId({ server }: App, name: string): Promise<string> {
  const { rows } = await server.rpc("list_members", {
    filter: { search: name },
    sort: "relevance",
    descending: false,
    offset: 0,
    limit: 1,
  });
  const [row] = rows;
  if (!row) throw new Error(`${name} was not pulled`);
  return row.id;
}
