import { describe, expect, it } from "vitest";
import {
  ago,
  DAY,
  ended,
  formatClock,
  formatInstant,
  formatInstantExact,
  formatSpan,
  HOUR,
  MINUTE,
  remaining,
  SECOND,
  type TimedText,
} from "./time";

const NOW = Date.UTC(2026, 10, 22, 1, 14, 9);

/** The text with plain spaces, so that the cases can be read. */
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("remaining", () => {
  it.each([
    [42 * SECOND, "in 42 s"],
    [MINUTE - 1, "in 59 s"],
    [MINUTE, "in 1 m"],
    [48 * MINUTE + 59 * SECOND, "in 48 m"],
    [HOUR, "in 1 h"],
    [3 * HOUR + 12 * MINUTE + 30 * SECOND, "in 3 h 12 m"],
    [DAY - 1, "in 23 h 59 m"],
    [DAY, "in 1 d"],
    [2 * DAY + 4 * HOUR + 50 * MINUTE, "in 2 d 4 h"],
    [7 * DAY - 1, "in 6 d 23 h"],
    [27 * DAY + 23 * HOUR, "in 27 d"],
    [90 * DAY - 1, "in 89 d"],
    [112 * DAY, "on 14 Mar 2027"],
  ])("says %i ms before the end: %s", (left, text) => {
    expect(plain(remaining(NOW + left, NOW, "UTC").text)).toBe(text);
  });

  it("has ended at the very instant of the end", () => {
    expect(remaining(NOW, NOW).text).toBe("ended just now");
    expect(remaining(NOW - 1, NOW).text).toBe("ended just now");
  });
});

describe("ago", () => {
  it.each([
    [0, "just now"],
    [MINUTE - 1, "just now"],
    [MINUTE, "1 m ago"],
    [HOUR - 1, "59 m ago"],
    [5 * HOUR + 59 * MINUTE, "5 h ago"],
    [DAY, "1 d ago"],
    [89 * DAY, "89 d ago"],
    [90 * DAY, "on 24 Aug 2026"],
  ])("says %i ms after it: %s", (gone, text) => {
    expect(plain(ago(NOW - gone, NOW, "UTC").text)).toBe(text);
  });

  it("takes an instant that a skewed clock puts into the future for now", () => {
    expect(ago(NOW + HOUR, NOW).text).toBe("just now");
  });
});

describe("changesAt", () => {
  const spans = [
    1, 999, SECOND, 1_500, MINUTE - 1, MINUTE, MINUTE + 1, 90 * SECOND, HOUR - 1, HOUR, HOUR + 1,
    3 * HOUR + 12 * MINUTE, DAY - 1, DAY, DAY + 1, 2 * DAY + 5 * HOUR, 7 * DAY - 1, 7 * DAY,
    7 * DAY + 1, 27 * DAY + 3, 90 * DAY - 1, 90 * DAY, 90 * DAY + 1, 400 * DAY,
  ]; // prettier-ignore

  /** The text holds until just before `changesAt`, and no longer. */
  function check(textAt: (now: number) => TimedText) {
    const { text, changesAt } = textAt(NOW);
    if (changesAt === null) return;
    expect(changesAt).toBeGreaterThan(NOW);
    expect(textAt(changesAt - 1).text).toBe(text);
    expect(textAt(changesAt).text).not.toBe(text);
  }

  it.each(spans)("is exact %i ms before the end", (left) => {
    check((now) => remaining(NOW + left, now, "UTC"));
  });

  it.each(spans)("is exact %i ms after the end", (gone) => {
    check((now) => ended(NOW - gone, now, "UTC"));
  });

  it("is never, once a date is all there is to say", () => {
    expect(ended(NOW - 90 * DAY, NOW, "UTC").changesAt).toBeNull();
  });
});

describe("absolute times", () => {
  it("name the zone", () => {
    expect(formatInstant(NOW, "UTC")).toBe("22 Nov 2026, 01:14 UTC");
    expect(formatInstant(NOW, "Europe/Berlin")).toBe("22 Nov 2026, 02:14 CET");
    expect(formatInstant(Date.UTC(2026, 6, 1, 12), "Europe/Berlin")).toBe("1 Jul 2026, 14:00 CEST");
    expect(formatInstant(NOW, "Asia/Kolkata")).toBe("22 Nov 2026, 06:44 GMT+5:30");
  });

  it("write midnight as 00:00", () => {
    expect(formatClock(Date.UTC(2026, 0, 1), "UTC")).toBe("00:00");
  });

  it("show seconds where they are asked for", () => {
    expect(formatInstantExact(NOW, "UTC")).toBe("22 Nov 2026, 01:14:09 UTC");
  });
});

describe("formatSpan", () => {
  it("leaves out a second unit of zero", () => {
    expect(plain(formatSpan(4 * HOUR + 59 * SECOND))).toBe("4 h");
    expect(plain(formatSpan(3 * DAY + 59 * MINUTE))).toBe("3 d");
  });
});
