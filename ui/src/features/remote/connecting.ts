/** Whether the way to a server is open: asked for from anywhere, shown once. */
import { useSyncExternalStore } from "react";
import type { ConnectionView } from "../../api/generated/commands";

/** What the dialog is for: a new connection, or one that somebody has to sign in to again. */
export type Connecting = "closed" | "new" | ConnectionView;

let current: Connecting = "closed";
const watchers = new Set<() => void>();

/** Opens the dialog for `next`, or closes it. */
export function askToConnect(next: Connecting): void {
  current = next;
  watchers.forEach((watcher) => watcher());
}

export function useConnecting(): Connecting {
  return useSyncExternalStore(watch, () => current);
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
