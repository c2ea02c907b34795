/** Every screen, as it is after a start: sound, accessible in both themes, and photographed. */
import { expect, test } from "../support/app.ts";
import { expectAccessible, expectNoSidewaysScroll, takePictures } from "../support/look.ts";

const SCREENS = [
  { name: "overview", route: "/", heading: "Overview" },
  { name: "members", route: "/members", heading: "Members" },
  { name: "members-nobody", route: "/members?text=qqqq", heading: "Members" },
  { name: "simulator", route: "/simulator", heading: "Simulator" },
  { name: "history", route: "/history", heading: "History" },
];

for (const { name, route, heading } of SCREENS) {
  test(`the screen ${name} is accessible in both themes and fits the window`, async ({ app }) => {
    const { page } = app;
    await app.visit(route);
    await expect(page.getByRole("heading", { name: heading, level: 1 })).toBeVisible();
    await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
    await takePictures(page, name);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
}
