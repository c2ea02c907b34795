/** Every screen, as it is after a start: sound, accessible in both themes, and photographed. */
import type { Page } from "@playwright/test";
import { expect, test, type App } from "../support/app.ts";
import { expectAccessible, expectNoSidewaysScroll, takePictures } from "../support/look.ts";
import { answer, ask, openMember, privilegeRow, startPrivilege } from "../support/steps.ts";

interface Screen {
  name: string;
  /** The way there from the overview. */
  reach: (app: App, page: Page) => Promise<void>;
}

const SCREENS: Screen[] = [
  { name: "overview", reach: (app, page) => visit(app, page, "/", "Overview") },
  { name: "members", reach: (app, page) => visit(app, page, "/members", "Members") },
  {
    name: "members-nobody",
    reach: async (app, page) => {
      await visit(app, page, "/members?text=qqqq", "Members");
      await expect(page.getByText("Nothing matches")).toBeVisible();
    },
  },
  { name: "simulator", reach: (app, page) => visit(app, page, "/simulator", "Simulator") },
  { name: "history", reach: (app, page) => visit(app, page, "/history", "History") },
  {
    name: "member-user",
    reach: async (_, page) => {
      await openMember(page, "Alice Laurent");
      await privilegeRow(page, "incident-payments").click();
      await expect(page.getByText("INC-4711")).toBeVisible();
    },
  },
  {
    name: "member-identity",
    reach: (_, page) => openMember(page, "checkout-app-production-eu-west-1-blue-green-controller"),
  },
  {
    name: "member-group",
    reach: async (app, page) => {
      await visit(app, page, "/members?kind=group", "Members");
      await page.getByRole("row", { name: /^payments\b|payments,? group/ }).click();
      await expect(page.getByRole("heading", { name: "payments", level: 1 })).toBeVisible();
    },
  },
  {
    name: "member-managed",
    reach: async (_, page) => {
      await openMember(page, "Valentina Cruz");
      await page.getByRole("button", { name: /^grafana-admin .*Managed/ }).click();
      await expect(page.getByText(/Granted by an access request/)).toBeVisible();
      await expect(page.getByRole("button", { name: "Edit", exact: true })).toBeHidden();
    },
  },
  {
    name: "member-history",
    reach: async (_, page) => {
      await openMember(page, "Alice Laurent");
      await page.getByRole("tab", { name: "History" }).click();
      await expect(page.getByText("Nothing was done here yet")).toBeVisible();
    },
  },
  {
    name: "simulator-incomplete",
    reach: async (_, page) => {
      await openMember(page, "Alice Laurent");
      await page.getByRole("link", { name: "Simulate" }).click();
      await ask(page, { environment: "prod", path: "payments" });
      await expect(answer(page)).toContainText("Still needed for an answer");
    },
  },
  {
    name: "simulator-depends",
    reach: async (_, page) => {
      await openMember(page, "Alice Laurent");
      await page.getByRole("link", { name: "Simulate" }).click();
      await ask(page, { environment: "prod", path: "/payments/eu" });
      await expect(answer(page)).toContainText("It depends");
    },
  },
  {
    name: "policies-menu",
    reach: async (_, page) => {
      await openMember(page, "Alice Laurent");
      await startPrivilege(page);
      await page.getByRole("button", { name: "Add Policies" }).click();
      await expect(page.getByRole("option").first()).toBeVisible();
    },
  },
  {
    name: "project-menu",
    reach: async (_, page) => {
      await page.getByRole("button", { name: /^Project/ }).click();
      await expect(page.getByRole("menu", { name: "Project" })).toBeVisible();
    },
  },
  {
    name: "new-project",
    reach: async (_, page) => {
      await page.getByRole("button", { name: /^Project/ }).click();
      await page.getByRole("menuitem", { name: "New local project…" }).click();
      await expect(page.getByRole("dialog", { name: "New local project" })).toBeVisible();
    },
  },
  {
    name: "navigation-folded",
    reach: async (_, page) => {
      await page.getByRole("button", { name: "Fold the navigation" }).click();
      await expect(page.getByRole("button", { name: "Unfold the navigation" })).toBeVisible();
    },
  },
];

for (const { name, reach } of SCREENS) {
  test(`the screen ${name} is accessible in both themes and fits the window`, async ({ app }) => {
    const { page } = app;
    await reach(app, page);
    await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
    await takePictures(page, name);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
}

async function visit(app: App, page: Page, route: string, heading: string): Promise<void> {
  await app.visit(route);
  await expect(page.getByRole("heading", { name: heading, level: 1 })).toBeVisible();
}
