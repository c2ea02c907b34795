import { describe, expect, it } from "vitest";
import type { Section } from "../../api/generated/commands";
import { sectionOfEach, sectionRows } from "./sectionRows";

function section(key: string, members: number, closed = false): Section {
  return { key, name: key.toUpperCase(), members, closed };
}

/** The list as it would be seen, row by row. */
function seen(sections: readonly Section[]): string[] {
  const { count, sectionAt, headingOf, membersBefore } = sectionRows(sections);
  return Array.from({ length: count }, (_, index) => {
    const at = sectionAt(index);
    const key = sections[at]?.key ?? "";
    return headingOf(at) === index ? key : `${key}${membersBefore(index)}`;
  });
}

describe("sections among rows", () => {
  it("have their rows below their headings, counted through", () => {
    expect(seen([section("a", 2), section("b", 1), section("c", 3)])).toEqual([
      "a",
      "a0",
      "a1",
      "b",
      "b2",
      "c",
      "c3",
      "c4",
      "c5",
    ]);
  });

  it("are their headings alone while they are closed", () => {
    expect(seen([section("a", 2, true), section("b", 1), section("c", 3, true)])).toEqual([
      "a",
      "b",
      "b0",
      "c",
    ]);
  });

  it("count the rows before a heading without it", () => {
    const { membersBefore } = sectionRows([section("a", 2), section("b", 1)]);
    expect([0, 1, 2, 3, 4].map(membersBefore)).toEqual([0, 0, 1, 2, 2]);
  });

  it("are nothing without sections", () => {
    expect(sectionRows([]).count).toBe(0);
  });

  it("are named for each row that is shown", () => {
    expect(sectionOfEach([section("a", 2), section("b", 4, true), section("c", 1)])).toEqual([
      "A",
      "A",
      "C",
    ]);
  });
});
