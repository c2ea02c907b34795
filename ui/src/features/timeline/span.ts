/**
 * Spans of time and where instants lie in them. Pure: the present is an argument. Instants are
 * milliseconds since 1970.
 */
import { DAY, formatClock, HOUR } from "../../lib/time";
import type { Range, TimelineSearch } from "./search";

export interface Span {
  from: number;
  to: number;
}

const LENGTHS: Record<Exclude<Range, "custom">, number> = {
  "24h": DAY,
  "7d": 7 * DAY,
  "30d": 30 * DAY,
};

/** A little of what lies behind is shown too, so that the present is not at the edge. */
const BEHIND = 12;

/** Instants that JavaScript and the core both know, with room to count in. */
const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

/** How long the chosen range is. */
export function lengthOf({ range = "7d" }: TimelineSearch): number {
  return range === "custom" ? DAY : LENGTHS[range];
}

/** The span that is shown when the present is `now`; null where it is turned round or empty. */
export function spanOf(search: TimelineSearch, now: number): Span | null {
  const { range = "7d", from, to } = search;
  if (range !== "custom") {
    const length = LENGTHS[range];
    return { from: now - length / BEHIND, to: now + length };
  }
  const custom = { from: instant(from), to: instant(to) };
  return custom.from < custom.to ? custom : null;
}

function instant(text: string | undefined): number {
  const at = Date.parse(text ?? "");
  return Math.min(LATEST, Math.max(EARLIEST, Number.isNaN(at) ? EARLIEST : at));
}

/** Where an instant lies in the span, from 0 at its beginning to 1 at its end; outside it beyond. */
export function placeIn({ from, to }: Span, at: number): number {
  return (at - from) / (to - from);
}

/** The part of a bar that is in sight, in parts of the span. */
export interface BarPlace {
  start: number;
  end: number;
  /** Whether it goes on beyond that side, or nobody knows where it began. */
  openStart: boolean;
  openEnd: boolean;
}

/** Where a bar lies in the span; null where none of it is in sight. */
export function barPlace(span: Span, start: number | null, end: number | null): BarPlace | null {
  const first = start === null ? -1 : placeIn(span, start);
  const last = end === null ? 2 : placeIn(span, end);
  if (last <= 0 || first >= 1 || last < first) return null;
  return {
    start: Math.max(0, first),
    end: Math.min(1, last),
    openStart: first < 0,
    openEnd: last > 1,
  };
}

/** A line of the axis with its words. */
export interface Tick {
  at: number;
  label: string;
}

/** Steps of the axis, and whether the day or the time of day is said at them. */
const STEPS: readonly { step: number; says: "time" | "day" }[] = [
  { step: HOUR, says: "time" },
  { step: 3 * HOUR, says: "time" },
  { step: 6 * HOUR, says: "time" },
  { step: 12 * HOUR, says: "time" },
  { step: DAY, says: "day" },
  { step: 2 * DAY, says: "day" },
  { step: 7 * DAY, says: "day" },
  { step: 14 * DAY, says: "day" },
  { step: 30 * DAY, says: "day" },
  { step: 90 * DAY, says: "day" },
  { step: 365 * DAY, says: "day" },
];

/** More lines than this crowd the axis. */
const MOST = 8;

/** The lines of the axis: at whole hours and days of the user's time zone, at most eight. */
export function ticksOf(span: Span): Tick[] {
  const chosen = STEPS.find(({ step }) => (span.to - span.from) / step <= MOST) ?? {
    step: (span.to - span.from) / MOST,
    says: "day" as const,
  };
  const ticks: Tick[] = [];
  let at = firstTick(span.from, chosen.step);
  while (at < span.to) {
    if (at > span.from) ticks.push({ at, label: tickLabel(at, chosen.says) });
    at = nextTick(at, chosen.step);
  }
  return ticks;
}

/** The first whole step of the day that `from` lies in. */
function firstTick(from: number, step: number): number {
  let at = new Date(from).setHours(0, 0, 0, 0);
  while (step < DAY && at + step <= from) at += step;
  return at;
}

/** A day later is the next midnight, also where a day has 23 or 25 hours. */
function nextTick(at: number, step: number): number {
  if (step < DAY) return at + step;
  const date = new Date(at);
  return date.setDate(date.getDate() + Math.max(1, Math.round(step / DAY)));
}

const shortDay = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric" });
const shortDate = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

function tickLabel(at: number, says: "time" | "day"): string {
  const midnight = new Date(at).getHours() === 0 && new Date(at).getMinutes() === 0;
  if (says === "time" && !midnight) return formatClock(at);
  return says === "time" ? shortDay.format(at) : shortDate.format(at);
}
