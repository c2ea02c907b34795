/** The simulator on the page of a member. */
import { expect, test } from "../support/app.ts";
import { expectAccessible, takePictures } from "../support/look.ts";
import { ask, openMember, verdict } from "../support/steps.ts";

test("what a member may do is asked on its page, and the address keeps the question", async ({
  app: { page },
}) => {
  await openMember(page, "Alice Laurent");
  await page.getByRole("tab", { name: "Simulate" }).click();
  await ask(page, { environment: "prod", path: "/payments/eu" });
  await expect(verdict(page)).toContainText("It depends");
  await expect(page).toHaveURL(/question=.*prod/);
  const said = await verdict(page).innerText();
  await expectAccessible(page);
  await takePictures(page, "member-simulate");

  // Another tab and back, and a fresh window, leave the question as it was.
  await page.getByRole("tab", { name: "Access" }).click();
  await expect(page.getByRole("region", { name: "Project Roles" })).toBeVisible();
  await page.getByRole("tab", { name: "Simulate" }).click();
  await expect(verdict(page)).toHaveText(said, { useInnerText: true });
  await page.reload();
  await expect(verdict(page)).toHaveText(said, { useInnerText: true });

  await page.getByRole("link", { name: "Open in the simulator" }).click();
  await expect(page.getByRole("heading", { name: "Simulator", level: 1 })).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Environment" })).toHaveValue("prod");
  await expect(verdict(page)).toHaveText(said, { useInnerText: true });
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Alice Laurent", level: 1 })).toBeVisible();
});

test("folder access is listed on the page of who has it, and an answer that it decides leads there", async ({
  app: { page },
}) => {
  await openMember(page, "Samir Haddad");
  const card = page.getByRole("region", { name: "Folder Access" });
  const row = card.getByRole("listitem");
  await expect(row).toHaveCount(1);
  for (const words of ["/mobile", "prod", "Read", "permanent"]) {
    await expect(row).toContainText(words);
  }
  await expectAccessible(page);
  await takePictures(page, "member-folder-access");

  await page.getByRole("tab", { name: "Simulate" }).click();
  await ask(page, { what: "Edit a secret", environment: "prod", path: "/mobile" });
  await expect(verdict(page)).toContainText("Denied");
  await expect(verdict(page)).toContainText("folder access to prod:/mobile");
  await page.getByRole("link", { name: "folder access prod:/mobile" }).first().click();
  await expect(card).toBeVisible();

  await openMember(page, "Umar Farooq");
  await expect(page.getByRole("region", { name: "Project Roles" })).toBeVisible();
  await expect(card).toHaveCount(0);
});
