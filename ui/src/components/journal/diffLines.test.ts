import { describe, expect, test } from "vitest";
import { diffLines } from "./diffLines";

const same = (line: string) => ({ before: line, after: line, changed: false });

/** What a reader of one side alone would see. */
function side(lines: ReturnType<typeof diffLines>, which: "before" | "after"): string {
  return lines
    .map((line) => line[which])
    .filter((line) => line !== null)
    .join("\n");
}

describe("diffLines", () => {
  test("a line that was replaced stands beside what replaced it", () => {
    expect(diffLines('{\n  "end": "1h"\n}', '{\n  "end": "4h"\n}')).toEqual([
      same("{"),
      { before: '  "end": "1h"', after: '  "end": "4h"', changed: true },
      same("}"),
    ]);
  });

  test("an added line has nothing beside it and moves no other", () => {
    expect(diffLines("a\nc", "a\nb\nc")).toEqual([
      same("a"),
      { before: null, after: "b", changed: true },
      same("c"),
    ]);
  });

  test("what was made has no lines before", () => {
    expect(diffLines(null, "a\nb")).toEqual([
      { before: null, after: "a", changed: true },
      { before: null, after: "b", changed: true },
    ]);
  });

  test("what was removed has no lines after", () => {
    expect(diffLines("a", null)).toEqual([{ before: "a", after: null, changed: true }]);
  });

  test("equal texts have no changed line", () => {
    expect(diffLines("a\nb", "a\nb").some(({ changed }) => changed)).toBe(false);
  });

  test("each side read alone is its text, whatever the change", () => {
    const texts = ["", "a", "a\nb\na\nb", "b\na\na", "x\ny\nz", "a\nx\nb\ny\na\nb", "b"];
    for (const before of texts) {
      for (const after of texts) {
        const lines = diffLines(before, after);
        expect(side(lines, "before")).toBe(before);
        expect(side(lines, "after")).toBe(after);
        expect(lines.filter((it) => !it.changed).every((it) => it.before === it.after)).toBe(true);
      }
    }
  });

  test("as many lines as possible are kept", () => {
    const kept = diffLines("a\nb\nc\nd", "b\nd\na\nc\nd").filter(({ changed }) => !changed);
    expect(kept.map(({ before }) => before)).toEqual(["b", "c", "d"]);
  });

  test("texts too long to align are all marked", () => {
    const long = Array.from({ length: 2_001 }, (_, index) => `line ${index}`).join("\n");
    const lines = diffLines(long, long);
    expect(lines).toHaveLength(2_001);
    expect(lines.every(({ changed }) => changed)).toBe(true);
  });
});
