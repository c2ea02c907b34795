/** Short notes about what was just done, from anywhere in the program. */

export interface Toast {
  /** One sentence. */
  text: string;
  tone: "plain" | "error";
  /** What to do about it, such as undoing it. */
  action?: { label: string; onAction: () => void } | undefined;
}

/** Long enough to read and to reach Undo. Milliseconds; the clock stops on hover and focus. */
const STAYS = 8_000;

/** Says what was done; with `undo`, offers to take it back. */
export function toast(text: string, options: { undo?: () => void } = {}): void {
  const { undo } = options;
  const action = undo && { label: "Undo", onAction: undo };
  void show({ text, tone: "plain", action }, { timeout: STAYS });
}

/** Says what failed. Stays until it is closed. */
export function errorToast(text: string, action?: Toast["action"]): void {
  void show({ text, tone: "error", action }, {});
}

async function show(content: Toast, options: { timeout?: number }): Promise<void> {
  const { toastQueue } = await import("./queue");
  toastQueue.add(content, options);
}
