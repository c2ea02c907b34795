import { useState } from "react";
import { toggled } from "./selecting";
import type { Selection } from "./types";

/** Which rows of a list are ticked: some by their keys, or all that the list holds but for some. */
export type Ticked =
  { mode: "some"; keys: ReadonlySet<string> } | { mode: "all"; except: ReadonlySet<string> };

export interface TickedRows {
  /**
   * What the list holds: its filters. Ticks by key stay when it changes; that all are ticked is said
   * of one list only.
   */
  list: string;
  /** How many rows the list has. */
  total: number;
  /** The keys of the rows from one place to another, in either direction, both included. */
  keysBetween: (from: number, to: number) => Promise<string[]> | string[];
}

export interface UsedTicks {
  ticked: Ticked;
  /** How many rows are ticked. */
  count: number;
  selection: Selection;
}

const NONE: Ticked = { mode: "some", keys: new Set() };

/** Keeps which rows are ticked, however long the list is. */
export function useTicked({ list, total, keysBetween }: TickedRows): UsedTicks {
  const [state, setState] = useState<{ list: string; ticked: Ticked }>({ list, ticked: NONE });
  const ticked = state.list === list || state.ticked.mode === "some" ? state.ticked : NONE;
  const set = (change: (before: Ticked) => Ticked) =>
    setState((before) => ({
      list,
      ticked: change(before.list === list || before.ticked.mode === "some" ? before.ticked : NONE),
    }));

  const count = ticked.mode === "some" ? ticked.keys.size : Math.max(0, total - ticked.except.size);
  const whole = ticked.mode === "all" && ticked.except.size === 0;
  return {
    ticked,
    count,
    selection: {
      has: (key) => (ticked.mode === "some" ? ticked.keys.has(key) : !ticked.except.has(key)),
      extent: whole ? "all" : count === 0 ? "none" : "some",
      toggle: (key) =>
        set((before) =>
          before.mode === "some"
            ? { mode: "some", keys: toggled(before.keys, key) }
            : { mode: "all", except: toggled(before.except, key) },
        ),
      addRange: (from, to) => {
        const add = (keys: readonly string[]) => set((before) => withKeys(before, keys));
        const keys = keysBetween(from, to);
        if (Array.isArray(keys)) add(keys);
        else void keys.then(add);
      },
      tickAll: () => set(() => ({ mode: "all", except: new Set() })),
      clear: () => set(() => NONE),
    },
  };
}

function withKeys(ticked: Ticked, keys: readonly string[]): Ticked {
  if (ticked.mode === "some") return { mode: "some", keys: new Set([...ticked.keys, ...keys]) };
  const except = new Set(ticked.except);
  for (const key of keys) except.delete(key);
  return { mode: "all", except };
}
