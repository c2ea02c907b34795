/**
 * Says instants and spans in words. Pure: the present is always an argument, in milliseconds since
 * 1970, and so is the time zone; nothing here reads the clock.
 */

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** From here on a date says more than a number of days. */
const FAR = 90 * DAY;
const NO_BREAK = "\u00a0";

/** A text about an instant, and when it stops being true. */
export interface TimedText {
  text: string;
  /** The first instant at which the text reads differently, or null when it never will. */
  changesAt: number | null;
}

/**
 * The time left until `end`: "in 42 s", "in 48 m", "in 3 h 12 m", "in 2 d 4 h", "in 27 d", and past
 * three months "on 14 Mar 2027". Rounds down, so it never promises more time than there is.
 * Once the end is reached the text is that of {@link ended}.
 */
export function remaining(end: number, now: number, timeZone?: string): TimedText {
  const left = end - now;
  if (left <= 0) return ended(end, now, timeZone);
  if (left >= FAR) {
    return { text: `on ${formatDate(end, timeZone)}`, changesAt: end - FAR + 1 };
  }
  const unit = left < MINUTE ? SECOND : left < DAY ? MINUTE : left < 7 * DAY ? HOUR : DAY;
  const text = `in ${formatSpan(left)}`;
  // The text drops by one unit just after `left` falls below a whole number of units.
  return { text, changesAt: Math.min(end, end - Math.floor(left / unit) * unit + 1) };
}

/** How long ago `end` was: "ended just now", "ended 5 m ago", "ended 2 d ago". */
export function ended(end: number, now: number, timeZone?: string): TimedText {
  const { text, changesAt } = ago(end, now, timeZone);
  return { text: `ended ${text}`, changesAt };
}

/** How long ago `instant` was, in its largest unit: "just now", "4 m ago", "2 d ago", "on 3 Jan 2026". */
export function ago(instant: number, now: number, timeZone?: string): TimedText {
  const gone = Math.max(0, now - instant);
  if (gone < MINUTE) return { text: "just now", changesAt: instant + MINUTE };
  if (gone >= FAR) return { text: `on ${formatDate(instant, timeZone)}`, changesAt: null };
  const unit = gone < HOUR ? MINUTE : gone < DAY ? HOUR : DAY;
  const count = Math.floor(gone / unit);
  return {
    text: `${count}${NO_BREAK}${unitName(unit)} ago`,
    changesAt: instant + Math.min((count + 1) * unit, nextUnit(unit)),
  };
}

/** A span in at most two units, rounded down: "42 s", "48 m", "3 h 12 m", "2 d 4 h", "27 d". */
export function formatSpan(span: number): string {
  if (span < MINUTE) return part(span, SECOND);
  if (span < HOUR) return part(span, MINUTE);
  if (span < DAY) return pair(span, HOUR, MINUTE);
  if (span < 7 * DAY) return pair(span, DAY, HOUR);
  return part(span, DAY);
}

/** "22 Nov 2026, 01:14 UTC": the instant in full, with its zone. */
export function formatInstant(instant: number, timeZone?: string): string {
  return `${dateTime(timeZone).format(instant)} ${formatZone(instant, timeZone)}`;
}

/** "22 Nov 2026, 01:14:09 UTC": for journals, where order within a minute matters. */
export function formatInstantExact(instant: number, timeZone?: string): string {
  return `${dateTimeExact(timeZone).format(instant)} ${formatZone(instant, timeZone)}`;
}

/** "22 Nov 2026". */
export function formatDate(instant: number, timeZone?: string): string {
  return dateOnly(timeZone).format(instant);
}

/** "01:14". */
export function formatClock(instant: number, timeZone?: string): string {
  return clockOnly(timeZone).format(instant);
}

/** The short name of the zone at that instant: "UTC", "CET", "GMT+5:30". */
export function formatZone(instant: number, timeZone?: string): string {
  const parts = zoneOnly(timeZone).formatToParts(instant);
  return parts.find((it) => it.type === "timeZoneName")?.value ?? "";
}

/** The instant at which the day of `now` ends: the midnight that comes. */
export function nextMidnight(now: number): number {
  const day = new Date(now);
  // The calendar of this machine knows how long the day is when the clocks change.
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime();
}

/** The user's time zone, such as "Europe/Berlin". */
export function localTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function pair(span: number, large: number, small: number): string {
  const rest = span % large;
  return rest < small ? part(span, large) : `${part(span, large)} ${part(rest, small)}`;
}

function part(span: number, unit: number): string {
  return `${Math.floor(span / unit)}${NO_BREAK}${unitName(unit)}`;
}

function unitName(unit: number): string {
  if (unit === DAY) return "d";
  if (unit === HOUR) return "h";
  return unit === MINUTE ? "m" : "s";
}

function nextUnit(unit: number): number {
  if (unit === MINUTE) return HOUR;
  return unit === HOUR ? DAY : FAR;
}

const LOCALE = "en-GB";
const DATE = { day: "numeric", month: "short", year: "numeric" } as const;
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

const dateTime = formatter({ ...DATE, ...CLOCK });
const dateTimeExact = formatter({ ...DATE, ...CLOCK, second: "2-digit" });
const dateOnly = formatter(DATE);
const clockOnly = formatter(CLOCK);
const zoneOnly = formatter({ timeZoneName: "short" });

/** One formatter per zone: making one costs far more than using it. */
function formatter(options: Intl.DateTimeFormatOptions) {
  const made = new Map<string | undefined, Intl.DateTimeFormat>();
  return (timeZone: string | undefined): Intl.DateTimeFormat => {
    let format = made.get(timeZone);
    if (!format) {
      format = new Intl.DateTimeFormat(LOCALE, timeZone ? { ...options, timeZone } : options);
      made.set(timeZone, format);
    }
    return format;
  };
}
