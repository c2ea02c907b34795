/** The keyboard as people use it. */
import { expect, type Locator, type Page } from "@playwright/test";

/** Types as fast as people do. */
export async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text, { delay: 30 });
}

/** Presses one key after the other. */
export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Moves the focus with Tab until `target` has it. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  const isThere = () => target.evaluate((it) => it === document.activeElement);
  for (let steps = 0; steps < 40 && !(await isThere()); steps += 1) {
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}
