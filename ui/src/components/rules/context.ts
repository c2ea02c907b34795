/** What every part of a rule's card needs: the catalogue, the places, what was remarked, and editing. */
import { createContext, use } from "react";
import type { PatternTesting, RuleCatalogue, RuleEdit, RulePlaces, RuleReach } from "./types";

export interface RulesContext {
  catalogue: RuleCatalogue;
  places: RulePlaces;
  edit: (edit: RuleEdit) => void;
  /** The key that the next condition added to a rule will have. */
  nextConditionKey: (rule: number) => number;
  /** Brings the focus to a field, as soon as it is there. */
  focusNext: (field: string) => void;
  /** Rules can be read but not changed. */
  isReadOnly?: boolean;
  /** Templates that a value may hold, such as `{{identity.username}}`. */
  templates?: readonly string[];
  /** How a pattern is tried out; absent where it cannot be. */
  testing?: PatternTesting;
}

/** What is said about the fields: apart, since it changes with every letter and little else does. */
export interface RuleNotes {
  /** What is wrong with the field, once its time to be said has come. */
  problem: (field: string) => string | undefined;
  /** What is probably not meant about the field. */
  warning: (field: string) => string | undefined;
  reach: (field: string) => RuleReach | undefined;
}

/** Fields are called `policies.<rule>` and, below it, `actions`, `inverted`, `conditions.<condition>`. */
export const RulesContext = createContext<RulesContext | null>(null);
export const RuleNotesContext = createContext<RuleNotes | null>(null);

export function useRules(): RulesContext {
  const context = use(RulesContext);
  if (!context) throw new Error("a part of a rule stands outside of its form");
  return context;
}

export function useRuleNotes(): RuleNotes {
  const notes = use(RuleNotesContext);
  if (!notes) throw new Error("a part of a rule stands outside of its form");
  return notes;
}
