/**
 * Acts on how long access counts, asked for from wherever access is listed and done in one place.
 * What asks knows no command; what does them listens here.
 */
import { useSyncExternalStore } from "react";

export type LifetimeActKind =
  "extend" | "shorten" | "endNow" | "restart" | "renew" | "makePermanent" | "remove";

/** A privilege or a role assignment. */
export interface LifetimeGrant {
  what: "role" | "privilege";
  id: string;
}

/** What an act is to be done to: one grant with a name, or what the core is told to find. */
export interface LifetimeAsked {
  act: LifetimeActKind;
  targets:
    | { kind: "grants"; grants: LifetimeGrant[] }
    | { kind: "members"; selection: LifetimeSelection; privileges: boolean; roles: boolean };
  /** What it is called: the name of the privilege or role, or "12 members". */
  title: string;
  /** The range that a single grant was given for, to begin a new one with. */
  range?: string | null;
  /** Whether a single grant has no end yet. */
  isPermanent?: boolean;
  /** Whether it is shown before it is done, though there is nothing to choose. */
  isShownFirst?: boolean;
  /** Called once it was done, with what it was done to gone or changed. */
  onDone?: () => void;
}

/** Members as the core takes them; what is in it is for whoever chose them to know. */
export type LifetimeSelection = object;

let asked: LifetimeAsked | null = null;
const watchers = new Set<() => void>();

/** Asks for an act, or with null says that it was seen to. */
export function askLifetime(next: LifetimeAsked | null): void {
  asked = next;
  watchers.forEach((watcher) => watcher());
}

export function currentlyAsked(): LifetimeAsked | null {
  return asked;
}

export function useLifetimeAsked(): LifetimeAsked | null {
  return useSyncExternalStore(watch, currentlyAsked);
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
