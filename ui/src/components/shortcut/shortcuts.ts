/**
 * The shortcuts that work now. Whoever is on screen binds its own; the sheet (Ctrl+/) lists what is
 * bound. A shortcut that is bound twice belongs to whoever bound it last.
 */
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { matches } from "../../lib/keys";

export interface Shortcut {
  /** Such as "Ctrl+K". */
  keys: string;
  /** What it does, as the sheet says it. Empty hides it from the sheet. */
  label: string;
  /** Under which heading the sheet lists it. */
  group: string;
  run: () => void;
  /** Whether it also works while a text is being typed. True for those with Ctrl or Alt. */
  whileTyping: boolean;
}

let bound: readonly Shortcut[] = [];
const watchers = new Set<() => void>();

export interface ShortcutOptions {
  label: string;
  group?: string;
  isDisabled?: boolean;
}

/**
 * While one of these is open the page behind it does not hear its shortcuts. Short notes are dialogs
 * too, but none that anything waits for.
 */
const DIALOGS = ["[role=dialog]", "[role=alertdialog]", "[role=menu]"]
  .map((role) => `${role}:not([aria-modal="false"])`)
  .join(",");

/** Binds `keys` while the component is on screen. */
export function useShortcut(keys: string, run: () => void, options: ShortcutOptions): void {
  const { label, group = "This page", isDisabled = false } = options;
  const latest = useEffectEvent(run);
  useEffect(() => {
    if (isDisabled) return;
    return bind({ keys, label, group, run: () => latest(), whileTyping: /Ctrl|Alt/.test(keys) });
  }, [keys, label, group, isDisabled]);
}

/** Those bound now, in the order they were bound. */
export function useBoundShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(watch, () => bound);
}

/** Hears the keyboard until the returned function is called. */
export function listenToKeyboard(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const typing = isTyping(event.target);
    if (isTyping(event.target) && event.key === "Escape") {
      event.target.blur();
      return;
    }
    const hit = bound.findLast((it) => matches(it.keys, event) && (it.whileTyping || !typing));
    if (!hit || document.querySelector(DIALOGS)) return;
    event.preventDefault();
    hit.run();
  };
  window.addEventListener("keydown", onKeyDown);
  return () => window.removeEventListener("keydown", onKeyDown);
}

function bind(shortcut: Shortcut): () => void {
  change([...bound, shortcut]);
  return () => change(bound.filter((other) => other !== shortcut));
}

function change(next: readonly Shortcut[]): void {
  bound = next;
  watchers.forEach((watcher) => watcher());
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function isTyping(target: EventTarget | null): target is HTMLElement {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
