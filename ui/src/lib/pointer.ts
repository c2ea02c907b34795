/**
 * Whether a button of the pointer is held down. What moves away from under it is not clicked, so
 * what arrives by itself meanwhile waits with being shown.
 */
import { useSyncExternalStore } from "react";

let isHeld = false;
const watchers = new Set<() => void>();

export function usePointerHeld(): boolean {
  return useSyncExternalStore(watch, () => isHeld);
}

function watch(watcher: () => void): () => void {
  if (watchers.size === 0) listen("addEventListener");
  watchers.add(watcher);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    listen("removeEventListener");
    isHeld = false;
  };
}

function listen(how: "addEventListener" | "removeEventListener"): void {
  window[how]("pointerdown", onDown, true);
  for (const end of ["pointerup", "pointercancel", "blur"]) window[how](end, onUp, true);
}

function onDown(): void {
  set(true);
}

function onUp({ target, type }: Event): void {
  // Any element loses the focus; only the window's own blur means that the pointer is elsewhere.
  if (type === "blur" && target instanceof Element) return;
  // The click comes just after.
  setTimeout(() => set(false));
}

function set(next: boolean): void {
  if (isHeld === next) return;
  isHeld = next;
  watchers.forEach((watcher) => watcher());
}
