/** Whether the form for a new project is open: asked for from anywhere, shown once. */
import { useSyncExternalStore } from "react";

let isOpen = false;
const watchers = new Set<() => void>();

/** Opens or closes the form. */
export function askForNewProject(next: boolean): void {
  isOpen = next;
  watchers.forEach((watcher) => watcher());
}

export function useNewProjectAsked(): boolean {
  return useSyncExternalStore(watch, () => isOpen);
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
