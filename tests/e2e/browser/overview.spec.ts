/** The overview tells what needs attention and leads to where something is done about it. */
import type { Page } from "@playwright/test";
import { expect, test } from "../support/app.ts";
import { expectAccessible, expectNoSidewaysScroll, takePictures } from "../support/look.ts";

function card(page: Page, name: string | RegExp) {
  return page.getByRole("region", { name });
}

test("what ends is told with what its end means, and leads to the timeline", async ({
  app: { page },
}) => {
  const day = card(page, "Ends within 24 hours");
  await expect(day.getByRole("listitem").first()).toContainText(
    /Loses|Opens|Nothing changes|Not certain/,
  );
  await day.getByRole("link", { name: "By consequence" }).click();
  await expect(page.getByRole("heading", { name: "Timeline", level: 1 })).toBeVisible();
  await expect(page.getByRole("radio", { name: "24 h" })).toBeChecked();
});

test("what has ended is removed there and brought back by Undo", async ({ app: { page } }) => {
  const ended = card(page, "Ended, still stored");
  const rows = ended.getByRole("listitem");
  const before = await ended.getByText(/^\d+$/).textContent();
  const name = await rows.first().getByRole("link").textContent();
  await rows
    .first()
    .getByRole("button", { name: /^Remove / })
    .click();
  await expect(ended.getByText(/^\d+$/)).toHaveText(String(Number(before) - 1));
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(ended.getByText(/^\d+$/)).toHaveText(before ?? "");
  await expect(rows.first().getByRole("link")).toHaveText(name ?? "");
});

test("what has ended is renewed there", async ({ app: { page } }) => {
  const ended = card(page, "Ended, still stored");
  const before = Number(await ended.getByText(/^\d+$/).textContent());
  await ended
    .getByRole("button", { name: /^Renew / })
    .first()
    .click();
  const dialog = page.getByRole("dialog", { name: /^Renew / });
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "Renew" }).click();
  await expect(dialog).toBeHidden();
  await expect(ended.getByText(/^\d+$/)).toHaveText(String(before - 1));
});

test("loose ends are listed with the way to them, and what is in order says so", async ({
  app,
  page,
}) => {
  await expect(card(page, "In order")).toContainText("Somebody is in every group");
  const { rows } = await app.server.rpc("list_members", {
    filter: { kind: "group" },
    sort: "name",
    descending: false,
    offset: 0,
    limit: 1,
  });
  const group = rows[0]?.id ?? "";
  const members = await app.server.rpc("list_members", {
    filter: { group },
    sort: "name",
    descending: false,
    offset: 0,
    limit: 500,
  });
  await app.server.rpc("act_on_members", {
    selection: { kind: "members", members: members.rows.map(({ id }) => id) },
    act: { kind: "removeFromGroup", group },
  });
  const user = members.rows[0]?.id ?? "";
  await app.server.rpc("attach_privilege", {
    member: user,
    slug: "to-nowhere",
    start: null,
    reason: "",
    ticket: "",
    shownAt: null,
    edited: null,
    duration: { kind: "permanent" },
    policies: [
      {
        subject: "secrets",
        actions: ["readValue"],
        inverted: false,
        conditions: [{ property: "environment", operator: "$eq", values: ["nowhere"] }],
      },
    ],
  });
  await expect(card(page, "Groups without members").getByRole("link")).toHaveText(
    rows[0]?.name ?? "",
  );
  const gone = card(page, "Rules about places that are gone");
  await expect(gone).toContainText("The project has no environment nowhere.");
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await takePictures(page, "overview-loose-ends");
  await gone.getByRole("link").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(members.rows[0]?.name ?? "");
});
