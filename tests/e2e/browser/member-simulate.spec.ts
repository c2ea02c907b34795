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
