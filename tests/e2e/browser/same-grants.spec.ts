/** The same grant on several members becomes a role, with a proof before and an Undo after. */
import { expect, test, type App } from "../support/app.ts";
import { holdFirstAnswer } from "../support/held.ts";
import { expectAccessible, expectNoSidewaysScroll, takePictures } from "../support/look.ts";

async function giveTwice({ server }: App): Promise<void> {
  const { rows } = await server.rpc("list_members", {
    filter: { kind: "identity" },
    sort: "name",
    descending: false,
    offset: 0,
    limit: 2,
  });
  for (const [place, { id }] of rows.entries()) {
    await server.rpc("attach_privilege", {
      member: id,
      slug: "vault-reader",
      start: null,
      reason: "",
      ticket: "",
      shownAt: null,
      edited: null,
      duration: place === 0 ? { kind: "permanent" } : { kind: "timed", range: "4h" },
      policies: [
        {
          subject: "secrets",
          actions: place === 0 ? ["readValue", "describeSecret"] : ["describeSecret", "readValue"],
          inverted: false,
          conditions: [{ property: "secretPath", operator: "$eq", values: ["/vault"] }],
        },
      ],
    });
  }
}

test("from the overview to a role, by keys, and one Undo brings the privileges back", async ({
  app,
  page,
}) => {
  await giveTwice(app);
  const card = page.getByRole("region", { name: "Same grant on several members" });
  await card.getByRole("link", { name: /^All \d+/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Same grants", level: 1 })).toBeVisible();
  const grant = page.getByRole("region", { name: "vault-reader" });
  await expect(grant).toContainText("2 members");
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await takePictures(page, "same-grants");

  await grant.getByRole("button", { name: "Make a role…" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Make a role" });
  await expect(dialog).toContainText("Nobody’s access changes: proven for 2 members");
  await dialog.getByRole("textbox", { name: "Slug" }).fill("admin");
  await expect(dialog).toContainText("keeps admin for itself");
  await dialog.getByRole("textbox", { name: "Slug" }).fill("vault-reader");
  await expect(dialog).not.toContainText("keeps admin for itself");
  await expectAccessible(page);
  await takePictures(page, "same-grants-role");
  await dialog.getByRole("button", { name: "Make the role" }).press("Enter");
  await expect(dialog).toBeHidden();
  await expect(grant).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(grant).toContainText("2 members");
});

test("what changes while the first answer is under way is not missed", async ({ launch, page }) => {
  const answer = await holdFirstAnswer(page, "same_grants");
  const app = await launch();
  await expect.poll(answer.asked).toBe(1);
  await giveTwice(app);
  answer.letGo();
  const card = page.getByRole("region", { name: "Same grant on several members" });
  await card.getByRole("link", { name: /^All \d+/ }).press("Enter");
  await expect(page.getByRole("region", { name: "vault-reader" })).toContainText("2 members");
});

test("a role of one member is turned into a privilege", async ({ app, page }) => {
  await giveTwice(app);
  const found = await app.server.rpc("same_grants", {});
  const grant = found.grants.find(({ slug }) => slug === "vault-reader");
  await app.server.rpc("gather_privileges", {
    privileges: grant?.privileges.slice(0, 1) ?? [],
    fields: { name: "Vault reader", slug: "vault-reader", description: "" },
  });
  await app.visit("/same-grants");
  await page.getByRole("button", { name: "Turn Vault reader into a privilege" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Turn Vault reader into a privilege" });
  await expect(dialog).toContainText("Nobody’s access changes");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Turn into a privilege" }).press("Enter");
  await expect(dialog).toBeHidden();
  await expect(
    page.getByRole("button", { name: "Turn Vault reader into a privilege" }),
  ).toBeHidden();
});
