/** When the disk is full, nothing is saved, nothing is lost, and it can be tried again. */
import { expect, test } from "../support/app.ts";
import { smallDisk } from "../support/full-disk.ts";
import {
  addPolicies,
  openMember,
  policyCard,
  privilegeRow,
  save,
  startPrivilege,
} from "../support/steps.ts";

test("a full disk refuses the change in words, keeps what was written, and takes it later", async ({
  launch,
  page,
  folder,
}) => {
  const disk = smallDisk(folder);
  const app = await launch({ data: folder, before: disk.before });
  await openMember(page, "Anders Holm");
  await startPrivilege(page);
  await page.getByRole("textbox", { name: "Privilege name" }).fill("no-room");
  await addPolicies(page, "Secrets");

  disk.fill(app.server);
  await save(page);
  const alert = page.getByRole("alert").filter({ hasText: "Not saved" });
  await expect(alert).toContainText(/Make room|Nothing was changed/);
  await expect(page.getByRole("textbox", { name: "Privilege name" })).toHaveValue("no-room");
  await expect(policyCard(page, 1, "Secrets")).toBeVisible();
  const { entries } = await app.server.history();
  expect(entries).toEqual([]);

  disk.empty(app.server);
  await save(page);
  await expect(privilegeRow(page, "no-room")).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "Not saved" })).toBeHidden();
});
