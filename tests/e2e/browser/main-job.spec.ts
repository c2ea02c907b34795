/** What Reeve is for: giving access for a while, and knowing beforehand what that opens. */
import { expect, test } from "../support/app.ts";
import {
  addCondition,
  addPolicies,
  answer,
  ask,
  chooseActions,
  chooseDuration,
  goTo,
  openMember,
  policyCard,
  privilegeRow,
  save,
  startPrivilege,
  verdict,
} from "../support/steps.ts";
import { expectAccessible, takePictures } from "../support/look.ts";

const WHO = "Anders Holm";
const NAME = "incident-4711";
/** Rounded down, so an hour is said only in its first moment. */
const AN_HOUR_LEFT = /in\s(1\sh|59\sm)/;

test("access given for an hour opens what it says, says when it ends, and survives a restart", async ({
  app,
  page,
}) => {
  test.slow();

  await test.step("before, reading the secret is denied", async () => {
    await goTo(page, "Simulator");
    await ask(page, { who: WHO, environment: "prod", path: "/payments/eu" });
    await expect(verdict(page)).toContainText("Denied");
  });

  await test.step("the member is found and opened", async () => {
    await openMember(page, WHO);
    await startPrivilege(page);
    await takePictures(page, "privilege-empty");
    await expectAccessible(page);
  });

  await test.step("the privilege is written, its effect in view", async () => {
    await page.getByRole("textbox", { name: "Privilege name" }).fill(NAME);
    await addPolicies(page, "Secrets");
    const card = policyCard(page, 1, "Secrets");
    await chooseActions(card, "Describe Secret", "Read Value");
    await addCondition(card, { property: "Environment", operator: "Equal", value: "prod" });
    await addCondition(card, {
      property: "Secret Path",
      operator: "Glob Match",
      value: "/payments/**",
    });
    await chooseDuration(page, "1h");
    await page.getByRole("textbox", { name: /^Reason/ }).fill("Payment retries are stuck");
    await page.getByRole("textbox", { name: "Ticket" }).fill("INC-4711");

    const effect = page.getByRole("complementary", { name: "What this grants" });
    await expect(effect).toContainText("Read Value");
    await expect(effect).toContainText("/payments/**");
    await expect(effect).toContainText(AN_HOUR_LEFT);
    await takePictures(page, "privilege-form");
    await expectAccessible(page);
  });

  await test.step("saved, it stands in the list with its time left", async () => {
    await save(page);
    await expect(page.getByText(`Attached ${NAME} to ${WHO}`)).toBeVisible();
    await expect(page.getByRole("heading", { name: WHO, level: 1 })).toBeVisible();
    await expect(privilegeRow(page, NAME)).toContainText(AN_HOUR_LEFT);
    await takePictures(page, "member");
    await expectAccessible(page);
  });

  await test.step("now the same check is allowed, by this privilege", async () => {
    await goTo(page, "Simulator");
    await ask(page, { who: WHO, environment: "prod", path: "/payments/eu" });
    await expect(verdict(page)).toContainText("Allowed");
    await expect(verdict(page)).toContainText(NAME);
    await takePictures(page, "simulator-allowed");
    await expectAccessible(page);
  });

  await test.step("in two hours it is denied, because it ended", async () => {
    await page.getByRole("radio", { name: "At…" }).click();
    await page.getByRole("button", { name: "+2 h" }).click();
    await expect(verdict(page)).toContainText("Denied");
    await expect(answer(page)).toContainText(new RegExp(`${NAME}.*ended`));
    await takePictures(page, "simulator-denied");
    await expectAccessible(page);
  });

  await test.step("after a restart it is still there, and in the history", async () => {
    await app.restart();
    await goTo(page, "History");
    const journal = page.getByRole("region", { name: "What was done" });
    await expect(journal).toContainText(NAME);
    await expect(journal).toContainText(WHO);
    await takePictures(page, "history-filled");
    await expectAccessible(page);
    await openMember(page, WHO);
    await expect(privilegeRow(page, NAME)).toContainText(/in\s\d+\sm/);
  });
});
