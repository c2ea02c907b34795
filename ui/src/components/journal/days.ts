/** Groups what happened by the day it happened on, in the user's time zone. Pure. */
import { DAY, formatDate } from "../../lib/time";

export interface Day<T> {
  /** Its first instant here, in milliseconds since 1970. */
  day: number;
  items: T[];
}

/** Groups neighbours that fall on the same day; the order stays. */
export function groupByDay<T>(items: readonly T[], at: (item: T) => number): Day<T>[] {
  const days: Day<T>[] = [];
  for (const item of items) {
    const day = startOfDay(at(item));
    const last = days.at(-1);
    if (last?.day === day) last.items.push(item);
    else days.push({ day, items: [item] });
  }
  return days;
}

/** "Today", "Yesterday", or the date. */
export function dayName(day: number, now: number): string {
  const today = startOfDay(now);
  if (day === today) return "Today";
  // Noon of the day before, so that a day of 23 or 25 hours does not matter.
  if (day === startOfDay(today - DAY / 2)) return "Yesterday";
  return formatDate(day);
}

/** When the day of `now` is over. */
export function nextDay(now: number): number {
  // Noon of the next day, so that a day of 23 or 25 hours does not matter.
  return startOfDay(startOfDay(now) + 1.5 * DAY);
}

function startOfDay(instant: number): number {
  return new Date(instant).setHours(0, 0, 0, 0);
}
