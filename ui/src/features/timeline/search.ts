/** What the address of the timeline says. */
import type { BarKind } from "../../api/generated/commands";

export type Range = "24h" | "7d" | "30d" | "custom";
export type View = "bars" | "expiring";

/** What is shown. A custom range has both ends, as RFC 3339 texts. */
export interface TimelineSearch {
  view?: View;
  range?: Range;
  from?: string;
  to?: string;
  kind?: BarKind;
}

const VIEWS: readonly View[] = ["bars", "expiring"];
const RANGES: readonly Range[] = ["24h", "7d", "30d", "custom"];
const KINDS: readonly BarKind[] = ["role", "privilege", "scheduled"];

/** Reads an address that may have been typed: what is not understood is left out. */
export function readTimelineSearch(search: Record<string, unknown>): TimelineSearch {
  const { view, range, from, to, kind } = search;
  const isCustom = range === "custom" && isInstant(from) && isInstant(to);
  return {
    ...(isOneOf(view, VIEWS) && view !== "bars" && { view }),
    ...(isOneOf(range, RANGES) && range !== "7d" && (range !== "custom" || isCustom) && { range }),
    ...(isCustom && { from, to }),
    ...(isOneOf(kind, KINDS) && { kind }),
  };
}

function isOneOf<T extends string>(value: unknown, known: readonly T[]): value is T {
  return known.some((one) => one === value);
}

function isInstant(value: unknown): value is string {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}
