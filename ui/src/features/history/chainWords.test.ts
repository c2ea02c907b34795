import { expect, test } from "vitest";
import { breaksSummary, breakSentence } from "./chainWords";

const changed = {
  kind: "changed",
  number: 2,
  history: "h",
  at: "2026-01-01T12:00:00.000Z",
  title: "db",
} as const;

test("a break is told with the number of its entry", () => {
  expect(breakSentence(changed)).toMatch(/^Entry 2 about “db”, dated 1 Jan 2026/);
  expect(breakSentence({ kind: "missing", first: 3, last: 3 })).toBe("Entry 3 is gone.");
  expect(breakSentence({ kind: "missing", first: 3, last: 9 })).toBe("Entries 3 to 9 are gone.");
});

test("many breaks are counted by what happened", () => {
  expect(breaksSummary([changed])).toBe("1 entry changed");
  expect(breaksSummary([changed, changed, { kind: "missing", first: 1, last: 4 }])).toBe(
    "2 entries changed, 4 entries gone",
  );
});
