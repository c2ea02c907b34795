/** What every screen must pass: axe in both themes; and its pictures, for people to look at. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { join } from "node:path";
import { pictureFolder } from "./places.ts";

export const THEMES = ["light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1024, height: 700 },
];

const WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** React Aria says things here by naming elements, which may be gone a moment later. */
const ANNOUNCER = "[data-live-announcer]";

/** Finds no breach of WCAG 2.2 AA in what is on screen, light and dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const theme of THEMES) {
    // Colours that are on their way from one theme to the other have no contrast to speak of.
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page })
      .withTags(WCAG_22_AA)
      .exclude(ANNOUNCER)
      .analyze();
    const found = violations.map(({ id, help, nodes }) => ({
      rule: `${id}: ${help}`,
      where: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary ?? ""}`),
    }));
    expect(found, `WCAG 2.2 AA, ${theme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** Puts pictures of what is on screen into the picture folder: both themes, both sizes. */
export async function takePictures(page: Page, name: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme });
      await page.screenshot({
        path: join(pictureFolder, `${name}-${theme}-${size.width}x${size.height}.png`),
        animations: "disabled",
      });
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: null });
}

/** Nothing is cut off sideways: the window itself never scrolls. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(overflow).toBe(0);
}
