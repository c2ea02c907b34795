import { describe, expect, test } from "vitest";
import { DAY, HOUR } from "../../lib/time";
import { readTimelineSearch } from "./search";
import { barPlace, placeIn, spanOf, ticksOf } from "./span";

const now = Date.UTC(2026, 0, 10, 12, 30);
const iso = (at: number) => new Date(at).toISOString();

describe("a span", () => {
  test("shows a little of what lies behind, and all of the range ahead", () => {
    const span = spanOf({ range: "24h" }, now);
    expect(span).toEqual({ from: now - 2 * HOUR, to: now + DAY });
  });

  test("that is turned round or empty is none", () => {
    const at = (from: number, to: number) =>
      spanOf({ range: "custom", from: iso(from), to: iso(to) }, now);
    expect(at(now, now + HOUR)).toEqual({ from: now, to: now + HOUR });
    expect(at(now + HOUR, now)).toBeNull();
    expect(at(now, now)).toBeNull();
  });

  test("of instants out of all measure is cut to what can be counted in", () => {
    const span = spanOf(
      { range: "custom", from: "-200000-01-01T00:00:00Z", to: "+200000-01-01T00:00:00Z" },
      now,
    );
    expect(span).toEqual({ from: 0, to: Date.UTC(2200, 0, 1) });
    expect(ticksOf(span ?? { from: 0, to: 1 }).length).toBeLessThan(12);
  });
});

describe("a bar", () => {
  const span = { from: 0, to: 100 };
  test("lies between its start and its end", () => {
    expect(barPlace(span, 25, 75)).toEqual({
      start: 0.25,
      end: 0.75,
      openStart: false,
      openEnd: false,
    });
    expect(placeIn(span, 50)).toBe(0.5);
  });
  test("goes on beyond the edges", () => {
    expect(barPlace(span, -5, 200)).toEqual({ start: 0, end: 1, openStart: true, openEnd: true });
    expect(barPlace(span, null, 40)).toMatchObject({ start: 0, openStart: true });
    expect(barPlace(span, 40, null)).toMatchObject({ end: 1, openEnd: true });
  });
  test("out of sight, or with an end before its start, is none", () => {
    expect(barPlace(span, -9, 0)).toBeNull();
    expect(barPlace(span, 100, 120)).toBeNull();
    expect(barPlace(span, 60, 50)).toBeNull();
  });
});

describe("the axis", () => {
  test.each([
    ["an hour", HOUR],
    ["a day", DAY],
    ["a week", 7 * DAY],
    ["a month", 30 * DAY],
    ["ten years", 3653 * DAY],
  ])("over %s has a few lines in order, all in sight", (_, length) => {
    const span = { from: now, to: now + length };
    const ticks = ticksOf(span).map(({ at }) => at);
    expect(ticks.length).toBeLessThanOrEqual(11);
    expect([...ticks].sort((a, b) => a - b)).toEqual(ticks);
    expect(ticks.every((at) => at > span.from && at < span.to)).toBe(true);
  });
});

test("an address that was typed is read as far as it is understood", () => {
  expect(readTimelineSearch({ range: "24h", view: "expiring", kind: "role", x: 1 })).toEqual({
    range: "24h",
    view: "expiring",
    kind: "role",
  });
  expect(readTimelineSearch({ range: "custom", from: "soon", to: 7 })).toEqual({});
  expect(readTimelineSearch({ range: "7d", view: "bars", kind: "planet" })).toEqual({});
});
