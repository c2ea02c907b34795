import { describe, expect, it } from "vitest";
import type { Verdict } from "../../api/generated/commands";
import { answerText } from "./answerText";
import { comparisonWords } from "./words";

const END = "2026-11-22T04:14:00Z";
const verdict: Verdict = {
  outcome: "allowed",
  headline: "Allowed",
  sentence: [
    { kind: "text", text: "Allowed: " },
    { kind: "code", text: "ci-deployer" },
    { kind: "text", text: " may read through " },
    { kind: "source", article: "the additional privilege", text: "incident-4711" },
    { kind: "text", text: ", until " },
    { kind: "instant", at: END },
  ],
  member: { id: "m1", kind: "identity", name: "ci-deployer" },
  at: "2026-11-22T03:14:00Z",
  changes: { at: END, outcome: "denied" },
  dependsOn: [],
  concerned: 1,
  rules: 11,
  concerned: 1,
  checks: [
    {
      subject: "secrets",
      action: "readValue",
      title: "Secrets · Read Value",
      outcome: "allowed",
      reached: true,
      inactive: [],
      notes: [],
      candidates: [
        {
          source: {
            kind: "privilege",
            slug: "incident-4711",
            name: "incident-4711",
            through: null,
            id: "p1",
            standing: { state: "active", end: END, range: "1h" },
          },
          rule: {
            subject: "secrets",
            subjectTitle: "Secrets",
            known: true,
            actions: [{ action: "readValue", title: "Read Value" }],
            inverted: false,
            conditions: [],
          },
          fate: "decided",
          conditions: [
            {
              property: "secretPath",
              propertyTitle: "Secret Path",
              operator: "$glob",
              operatorTitle: "Glob Match",
              expected: ["/payments/**"],
              actual: ["/payments/eu"],
              result: "matched",
            },
          ],
          note: null,
        },
      ],
    },
  ],
};

describe("an answer as text", () => {
  it("says the outcome once, then what decided with the values compared", () => {
    expect(answerText(verdict, "UTC")).toBe(
      [
        "Allowed: ci-deployer may read through the additional privilege incident-4711, until 22 Nov 2026, 04:14 UTC.",
        "Afterwards: denied.",
        "Asked about ci-deployer at 22 Nov 2026, 03:14 UTC.",
        "",
        "Secrets · Read Value: allowed",
        "- Allow Read Value (additional privilege incident-4711): decides",
        "    ✓ Secret Path /payments/eu matches /payments/**",
      ].join("\n"),
    );
  });
});

describe("a comparison", () => {
  const words = (
    operatorTitle: string,
    result: "matched" | "notMatched",
    actual: string[] | null,
  ) =>
    comparisonWords({
      property: "p",
      propertyTitle: "Tags",
      operator: "$x",
      operatorTitle,
      expected: ["a", "b"],
      actual,
      result,
    });

  it.each([
    ["Contains", "matched", "contain one of"],
    ["Contains", "notMatched", "contain none of"],
    ["In", "notMatched", "is not in"],
    ["Not Equal", "notMatched", "is"],
  ] as const)("by %s that %s reads “%s”", (title, result, verb) => {
    expect(words(title, result, ["c"]).verb).toBe(verb);
  });

  it("of nothing says none, and of what was left open what it must be", () => {
    expect(words("Contains", "notMatched", []).actual).toBe("none");
    expect(words("In", "notMatched", null)).toMatchObject({ actual: null, verb: "must be in" });
  });
});
