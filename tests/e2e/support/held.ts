/** Answers of the core that a test lets wait. */
import type { Page } from "@playwright/test";

export interface Held {
  /** How often the page asked for it. */
  asked: () => number;
  /** Lets the answer that waits arrive. */
  letGo: () => void;
}

/** Lets the first answer to `command` wait after the core gave it, until the test lets it go. */
export async function holdFirstAnswer(page: Page, command: string): Promise<Held> {
  let asked = 0;
  let letGo = (): void => undefined;
  const first = new Promise<void>((resolve) => (letGo = resolve));
  await page.route("**/__core/rpc", async (route) => {
    const { command: called } = route.request().postDataJSON() as { command: string };
    const waits = called === command && ++asked === 1;
    const response = await route.fetch();
    if (waits) await first;
    await route.fulfill({ response });
  });
  return { asked: () => asked, letGo };
}
