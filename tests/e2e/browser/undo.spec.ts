/** What was done can be taken back, and the history keeps both. */
import { expect, test } from "../support/app.ts";
import { goTo, grantReading, openMember, privilegeRow } from "../support/steps.ts";

test("a removed privilege comes back with Undo, and the history tells of both", async ({
  app,
  page,
}) => {
  await openMember(page, "Alice Laurent");
  const row = privilegeRow(page, "incident-payments");
  await expect(row).toContainText(/in\s4\d\sm/);

  await page.getByRole("button", { name: "Acts on incident-payments" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await expect(row).toBeHidden();
  const note = page.getByRole("alertdialog").filter({ hasText: "incident-payments" });
  await note.getByRole("button", { name: "Undo" }).click();
  await expect(row).toContainText(/in\s4\d\sm/);

  await goTo(page, "History");
  const journal = page.getByRole("region", { name: "What was done" });
  const entries = journal.getByRole("listitem").filter({ hasText: "incident-payments" });
  await expect(entries).toHaveCount(2);
  await expect(entries.filter({ hasText: "taken back" })).toHaveCount(1);

  await app.restart();
  await openMember(page, "Alice Laurent");
  await expect(row).toContainText(/in\s4\d\sm/);
});

test("a privilege that was given can be taken back in the history", async ({ app: { page } }) => {
  await openMember(page, "Anders Holm");
  await grantReading(page, {
    name: "too-much",
    environment: "prod",
    path: "/**",
    duration: "1h",
    reason: "By mistake",
  });
  await expect(privilegeRow(page, "too-much")).toBeVisible();
  await goTo(page, "History");
  const journal = page.getByRole("region", { name: "What was done" });
  const given = journal.getByRole("listitem").filter({ hasText: "By mistake" });
  await given.getByRole("button", { name: /^Undo/ }).click();
  await expect(given).toContainText("taken back");
  await openMember(page, "Anders Holm");
  await expect(page.getByText("No Additional Privileges")).toBeVisible();
});
