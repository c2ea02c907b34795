/** Words about answers, for the screen and for plain text alike. Pure. */
import type {
  CandidateView,
  CheckView,
  ComparedCondition,
  Fate,
  OpenField,
  OutcomeKind,
  RuleView,
  SourceView,
  TextPart,
} from "../../api/generated/commands";

/** The fields of a question as they stand in its form; others follow. */
const FORM_ORDER = [
  "who",
  "environment",
  "secretPath",
  "secondEnvironment",
  "secondPath",
  "secretName",
  "newName",
  "secretTags",
  "newTags",
];

/** Fields of a question in the order of the form. */
export function inFormOrder(fields: readonly OpenField[]): OpenField[] {
  const place = ({ field }: OpenField) =>
    FORM_ORDER.includes(field) ? FORM_ORDER.indexOf(field) : FORM_ORDER.length;
  return [...fields].sort((one, other) => place(one) - place(other));
}

export function outcomeWords(outcome: OutcomeKind): string {
  return OUTCOMES[outcome];
}

const OUTCOMES: Record<OutcomeKind, string> = {
  allowed: "allowed",
  denied: "denied",
  depends: "it depends",
  serverError: "the server answers with an error",
  unknown: "unknown",
};

/** What became of a rule, in a word or two. */
export const FATES: Record<Fate, string> = {
  decided: "decides",
  otherAction: "matches for the other action",
  notMatched: "does not match",
  notTried: "not tried any more",
  error: "makes the server fail",
  unknown: "cannot be told",
};

/** "Allow Describe Secret, Read Value". */
export function ruleWords({ inverted, actions }: RuleView): string {
  const done = actions.map(({ title }) => title).join(", ");
  return `${inverted ? "Forbid" : "Allow"} ${done}`;
}

/** What was compared, in the order of reading. */
export interface ComparisonWords {
  /** The property, with a verb where the actual value needs one. */
  property: string;
  /** Null where the request left it open. */
  actual: string | null;
  verb: string;
  expected: string;
}

export function comparisonWords(condition: ComparedCondition): ComparisonWords {
  const { propertyTitle, operatorTitle, expected, actual, result } = condition;
  const [holds, fails] = VERBS[operatorTitle] ?? [operatorTitle, operatorTitle];
  const must = MUST[operatorTitle] ?? operatorTitle.toLowerCase();
  const words = { property: propertyTitle, expected: listed(expected) };
  if (actual === null) return { ...words, actual: null, verb: must };
  if (actual.length === 0 && result === "notMatched") {
    return { ...words, actual: null, verb: `are none, ${must}` };
  }
  if (operatorTitle === "Not Equal" && result === "notMatched") {
    const property = `${propertyTitle} ${actual.length === 1 ? "is" : "are"}`;
    return { ...words, property, actual: listed(actual), verb: fails };
  }
  return { ...words, actual: listed(actual), verb: result === "notMatched" ? fails : holds };
}

/** How each operator reads when it holds and when it does not. */
const VERBS: Record<string, readonly [string, string]> = {
  Equal: ["=", "is not"],
  "Not Equal": ["≠", "but must not be"],
  In: ["is in", "is not in"],
  "Glob Match": ["matches", "does not match"],
  Contains: ["contain one of", "contain none of"],
  "Contains All": ["contain all of", "do not contain all of"],
};

/** How each operator reads before anything is compared. */
const MUST: Record<string, string> = {
  Equal: "must be",
  "Not Equal": "must not be",
  In: "must be in",
  "Glob Match": "must match",
  Contains: "must contain one of",
  "Contains All": "must contain all of",
};

function listed(values: readonly string[]): string {
  return values.length === 0 ? "none" : values.map((it) => (it === "" ? "(empty)" : it)).join(", ");
}

/** "role Viewer", "privilege incident-4711, through the group mobile". */
export function sourceWords({ kind, id, slug, name, through }: SourceView): string {
  const level = kind === "folderGrant" && id !== "" ? ` (${slug})` : "";
  return `${KINDS[kind]} ${name}${level}${through ? `, through the group ${through.name}` : ""}`.trim();
}

/** What a source of rules is, in words. */
export const KINDS: Record<SourceView["kind"], string> = {
  role: "role",
  privilege: "additional privilege",
  folderGrant: "folder access",
  adHoc: "",
};

/**
 * The notes that say more than the lists do: the lists have what has ended, and why each rule does
 * not apply.
 */
export function newNotes({ notes, inactive }: CheckView): TextPart[][] {
  const listed = inactive.map(({ source }) => source.name);
  return notes.filter(
    (note) =>
      !note.some(
        (part) =>
          (part.kind === "source" && listed.includes(part.text)) ||
          (part.kind === "text" && part.text.includes("does not apply, because")),
      ),
  );
}

/** The sentence without the instant at which the answer changes, for where that is said already. */
export function withoutUntil(parts: readonly TextPart[], at: string): TextPart[] {
  const [before, last] = parts.slice(-2);
  const isUntil =
    before?.kind === "text" &&
    before.text.endsWith(", until ") &&
    last?.kind === "instant" &&
    Date.parse(last.at) === Date.parse(at);
  if (!isUntil) return [...parts];
  return [...parts.slice(0, -2), { kind: "text", text: before.text.slice(0, -", until ".length) }];
}

/** Whether a rule could still match: it fails at nothing but what was left open. */
export function hangsOn({ fate, conditions }: CandidateView, open: readonly string[]): boolean {
  const results = conditions.map(({ result }) => result);
  return (
    fate === "notMatched" &&
    !results.includes("notMatched") &&
    conditions.some(({ property, result }) => result === "missing" && open.includes(property))
  );
}

/** Whether a sentence names the instant already. */
export function saysInstant(parts: readonly TextPart[], at: string): boolean {
  return parts.some((part) => part.kind === "instant" && Date.parse(part.at) === Date.parse(at));
}

/** The sentence without the outcome it begins with: that stands as its headline already. */
export function withoutOutcome(parts: readonly TextPart[]): TextPart[] {
  const [first, ...rest] = parts;
  if (first?.kind !== "text") return [...parts];
  const text = first.text.replace(/^(Allowed|Denied|Unknown): /, "");
  return text === "" ? rest : [{ kind: "text", text }, ...rest];
}
