/** Short notes about what was just done, from anywhere in the program. */
import { UNSTABLE_ToastQueue as ToastQueue } from "react-aria-components/Toast";

export interface Toast {
  /** One sentence. */
  text: string;
  tone: "plain" | "error";
  /** What to do about it, such as undoing it. */
  action?: { label: string; onAction: () => void } | undefined;
}

/** Long enough to read and to reach Undo. Milliseconds; the clock stops on hover and focus. */
const STAYS = 8_000;

export const toastQueue = new ToastQueue<Toast>({ maxVisibleToasts: 3 });

/** Says what was done; with `undo`, offers to take it back. */
export function toast(text: string, options: { undo?: () => void } = {}): void {
  const { undo } = options;
  toastQueue.add(
    { text, tone: "plain", action: undo && { label: "Undo", onAction: undo } },
    { timeout: STAYS },
  );
}

/** Says what failed. Stays until it is closed. */
export function errorToast(text: string, action?: Toast["action"]): void {
  toastQueue.add({ text, tone: "error", action });
}
