import { expect, test } from "vitest";
import { dayName, groupByDay, nextDay } from "./days";

const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 30).getTime();

test("neighbours of one day stand together and the order stays", () => {
  const days = groupByDay([at(22, 9), at(22, 0), at(21, 23)], (instant) => instant);
  expect(days.map(({ items }) => items)).toEqual([[at(22, 9), at(22, 0)], [at(21, 23)]]);
});

test("nothing has no days", () => {
  expect(groupByDay([], () => 0)).toEqual([]);
});

test("today and yesterday are called so, other days by their date", () => {
  const now = at(22, 1);
  const name = (instant: number) =>
    groupByDay([instant], (it) => it).map(({ day }) => dayName(day, now));
  expect(name(at(22, 0))).toEqual(["Today"]);
  expect(name(at(21, 23))).toEqual(["Yesterday"]);
  expect(name(at(20, 23))).toEqual(["20 Nov 2026"]);
});

test("a day is over at the midnight that follows", () => {
  expect(nextDay(at(22, 0))).toBe(new Date(2026, 10, 23).getTime());
  expect(nextDay(at(22, 23))).toBe(new Date(2026, 10, 23).getTime());
});
