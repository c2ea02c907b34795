/**
 * A rule on a form, and what a catalogue offers for it. The shapes are those of the core's answers,
 * so whoever has them can pass them on.
 */
import type { AvatarKind } from "../avatar/Avatar";
import type { Option } from "../list/Option";
import type { SubjectView } from "./offer";

/** A condition on the form. `key` names it among the conditions of its rule. */
export interface ConditionForm {
  key: number;
  property: string;
  operator: string;
  /** All that was typed; an operator that takes one text uses the first. */
  values: readonly string[];
  /** The operand is written as a list; where it is left out, the operator says so. */
  isList?: boolean | undefined;
  /** What is written instead, as JSON, where no field can show it; it is kept as it is. */
  odd?: string | undefined;
}

/** A rule on the form: one card. `key` names it for as long as the form lives. */
export interface RuleForm {
  key: number;
  subject: string;
  /** In the order in which they are written. */
  actions: readonly string[];
  inverted: boolean;
  conditions: readonly ConditionForm[];
  /** What else is written, as JSON, that no field shows; it is kept as it is. */
  odd?: string | undefined;
}

/** An edit of one rule on the form. */
export type RuleEdit =
  | { kind: "duplicate"; policy: number }
  | { kind: "effect"; policy: number; inverted: boolean }
  | { kind: "actions"; policy: number; actions: readonly string[] }
  | { kind: "addCondition"; policy: number; condition: Omit<ConditionForm, "key" | "values"> }
  | { kind: "condition"; policy: number; condition: ConditionForm }
  | { kind: "removeCondition"; policy: number; condition: number };

/** The project's own names, for pickers. */
export interface RulePlaces {
  environments: readonly { slug: string; name: string; folders: readonly string[] }[];
  tags: readonly { slug: string; color: string | null }[];
}

/** What the builder of "everything except" gives: an operator on the rule, or a Forbid beside it. */
export interface Exception {
  property: string;
  operator: string;
  values: readonly string[];
}

/** Which existing folders a condition on paths covers. */
export interface RuleReach {
  folders: number;
  matching: number;
  examples: readonly string[];
  nearMisses: readonly string[];
  unknown: string | null;
}

export interface RuleCatalogue {
  subjects: readonly SubjectView[];
}

/** A pattern to be tried. */
export interface PatternQuestion {
  pattern: string;
  /** The property that it is about. */
  property: string;
  /** For whom templates in it are filled in. */
  member: string | null;
  /** Texts of one's own to try it on. */
  texts: string[];
}

/** A text, and whether the pattern matches it; null if that cannot be told. */
export interface TriedText {
  text: string;
  matches: boolean | null;
}

/** A folder or a name that nearly matches, and what keeps it from it. */
export interface PatternMiss {
  path: string;
  why: string;
}

/** What a pattern matches of what there is. */
export interface PatternTrial {
  /** The pattern with its templates filled in. */
  pattern: string;
  folders: number;
  matching: number;
  matches: readonly string[];
  nearMisses: readonly PatternMiss[];
  /** Null where no names of secrets are known, or it is about none. */
  secrets: {
    secrets: number;
    matching: number;
    matches: readonly { environment: string; path: string; name: string }[];
    nearMisses: readonly PatternMiss[];
  } | null;
  tried: readonly TriedText[];
  around: readonly TriedText[];
  pitfalls: readonly string[];
  unknown: string | null;
}

/** Somebody for whom templates can be filled in. */
export interface FoundActor {
  id: string;
  name: string;
  kind: AvatarKind;
  detail: string;
}

/** How patterns are tried, and for whom their templates are filled in. */
export interface PatternTesting {
  tryPattern: (question: PatternQuestion) => Promise<PatternTrial>;
  findActors: (text: string) => Promise<FoundActor[]>;
  actor: Option | null;
  onActor: (actor: Option | null) => void;
}
