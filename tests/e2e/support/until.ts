/** Waits for what no event tells. */
import { setTimeout as pause } from "node:timers/promises";

/** How long something may take. Milliseconds. */
export const PATIENCE = 40_000;

/** Asks until the answer is neither nothing nor false. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await pause(100);
  }
}
