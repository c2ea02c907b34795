/** A hundred thousand members are as near as a hundred. */
import type { Page } from "@playwright/test";
import { expect, test } from "../support/app.ts";
import { goTo } from "../support/steps.ts";

/** Users and identities; the groups come on top. */
const ACTORS = 100_000;
/** More elements than this are not needed to show one window of rows. */
const FEW = 1_500;

test("100 000 members are listed, sorted, searched and paged through, a window at a time", async ({
  launch,
  page,
}) => {
  test.slow();
  const { server } = await launch({ scale: ACTORS });
  const last = await lastName(server);

  await goTo(page, "Members");
  const grid = page.getByRole("grid", { name: "Members" });
  await expect.poll(() => rowCount(page)).toBeGreaterThan(ACTORS);
  await expectLoaded(page);
  await expectFewElements(page);

  await test.step("End goes to the last row, Home to the first", async () => {
    await grid.getByRole("row").nth(1).focus();
    const first = await focusedName(page);
    await page.keyboard.press("End");
    await expect.poll(() => focusedName(page)).toContain(last);
    await expectLoaded(page);
    await expectFewElements(page);
    await page.keyboard.press("Home");
    await expect.poll(() => focusedName(page)).toBe(first);
  });

  await test.step("sorted the other way, the last is the first", async () => {
    await grid.getByRole("columnheader", { name: "Name" }).click();
    await expect(grid.getByRole("columnheader", { name: "Name" })).toHaveAttribute(
      "aria-sort",
      "descending",
    );
    await expect(grid.getByRole("row").nth(1)).toContainText(last);
  });

  await test.step("one of them is found by a part of its name", async () => {
    const [identity] = await identities(server);
    await page.getByRole("searchbox", { name: /^Filter/ }).fill(identity ?? "");
    await expect(grid.getByRole("row").nth(1)).toContainText(identity ?? "");
    await expect.poll(() => rowCount(page)).toBeLessThan(100);
    await grid.getByRole("row").nth(1).click();
    await expect(page.getByRole("heading", { name: identity ?? "", level: 1 })).toBeVisible();
  });

  await test.step("the whole length can be scrolled, with few elements at every place", async () => {
    await goTo(page, "Members");
    for (const share of [0.25, 0.5, 0.75, 1]) {
      await grid.evaluate((it, part) => it.scrollTo(0, it.scrollHeight * part), share);
      await expectLoaded(page);
      await expectFewElements(page);
    }
  });
});

type Server = Parameters<Parameters<typeof test>[2]>[0]["app"]["server"];

async function lastName(server: Server): Promise<string> {
  const { rows } = await server.rpc("list_members", {
    filter: {},
    sort: "name",
    descending: true,
    offset: 0,
    limit: 1,
  });
  return rows[0]?.name ?? "";
}

async function identities(server: Server): Promise<string[]> {
  const { rows } = await server.rpc("list_members", {
    filter: { kind: "identity" },
    sort: "name",
    descending: false,
    offset: 12_345,
    limit: 1,
  });
  return rows.map(({ name }) => name);
}

/** All rows of the list, built or not. */
async function rowCount(page: Page): Promise<number> {
  const count = await page.getByRole("grid").getAttribute("aria-rowcount");
  return Number(count) - 1;
}

/** No row in sight is still under way. */
async function expectLoaded(page: Page): Promise<void> {
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  // A row that is under way has no words yet.
  await expect
    .poll(() => page.evaluate(() => document.querySelectorAll("[role=row][aria-busy]").length))
    .toBe(0);
}

async function expectFewElements(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(FEW);
}

async function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => (document.activeElement as HTMLElement | null)?.innerText ?? "");
}
