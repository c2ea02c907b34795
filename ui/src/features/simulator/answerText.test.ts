import { describe, expect, it } from "vitest";
import type {
  CandidateView,
  ComparedCondition,
  TextPart,
  Verdict,
} from "../../api/generated/commands";
import { answerText } from "./answerText";
import { comparisonWords, hangsOn, newNotes, withoutUntil } from "./words";

const END = "2026-11-22T04:14:00Z";
const compared: ComparedCondition = {
  property: "secretPath",
  propertyTitle: "Secret Path",
  operator: "$glob",
  operatorTitle: "Glob Match",
  expected: ["/payments/**"],
  actual: ["/payments/eu"],
  result: "matched",
};
const candidate: CandidateView = {
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
  conditions: [compared],
  note: null,
};
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
  asked: { kind: "member", member: { id: "m1", kind: "identity", name: "ci-deployer" } },
  name: "ci-deployer",
  semantics: "forbid-wins",
  remarks: [],
  at: "2026-11-22T03:14:00Z",
  changes: { at: END, outcome: "denied" },
  dependsOn: [],
  openFields: [],
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
      candidates: [candidate],
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
    ["Not Equal", "matched", "≠"],
  ] as const)("by %s that %s reads “%s”", (title, result, verb) => {
    expect(words(title, result, ["c"]).verb).toBe(verb);
  });

  it("names the value that is excluded as what it must not be", () => {
    expect(words("Not Equal", "notMatched", ["a"])).toMatchObject({
      property: "Tags is",
      actual: "a",
      verb: "but must not be",
    });
    expect(words("Not Equal", "notMatched", ["a", "b"]).property).toBe("Tags are");
  });

  it("says of nothing and of what was left open what it must be", () => {
    expect(words("Contains", "notMatched", [])).toMatchObject({
      actual: null,
      verb: "are none, must contain one of",
    });
    expect(words("Contains All", "matched", []).actual).toBe("none");
    expect(words("In", "notMatched", null)).toMatchObject({ actual: null, verb: "must be in" });
  });
});

describe("a sentence", () => {
  it("leaves out its last instant only where that is when the answer changes", () => {
    expect(withoutUntil(verdict.sentence, END)).toEqual([
      ...verdict.sentence.slice(0, -2),
      { kind: "text", text: "" },
    ]);
    expect(withoutUntil(verdict.sentence, "2027-01-01T00:00:00Z")).toEqual(verdict.sentence);
  });
});

describe("a rule that lost", () => {
  const lost = (...results: ("matched" | "notMatched" | "missing")[]): CandidateView => ({
    ...candidate,
    fate: "notMatched",
    conditions: results.map((result) => ({ ...compared, property: result, result })),
  });

  it("hangs on what is left open if it fails at nothing else", () => {
    expect(hangsOn(lost("matched", "missing"), ["missing"])).toBe(true);
    expect(hangsOn(lost("notMatched", "missing"), ["missing"])).toBe(false);
    expect(hangsOn(lost("matched", "missing"), ["secretTags"])).toBe(false);
    expect(hangsOn({ ...lost("missing"), fate: "decided" }, ["missing"])).toBe(false);
  });
});

describe("notes", () => {
  it("leave out what the lists of rules and of ended access say", () => {
    const [check] = verdict.checks;
    if (!check || !candidate.source) throw new Error("no check");
    const about = (text: string): TextPart[] => [
      { kind: "source", article: "the role", text: "Viewer" },
      { kind: "text", text },
    ];
    const kept = about(" uses a template that has no value");
    const notes = [kept, about(" does not apply, because it asks for "), verdict.sentence];
    const inactive = [{ source: candidate.source, outcome: "allowed" as const }];
    expect(newNotes({ ...check, notes, inactive })).toEqual([kept]);
  });
});
