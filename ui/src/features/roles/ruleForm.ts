/** A written rule as the card shows it, and what a remark of the core is about on that card. */
import type { RoleReview, SubjectView } from "../../api/generated/commands";
import { takesList } from "../../components/rules/offer";
import type { ConditionForm, RuleForm } from "../../components/rules/types";
import type { KeyedRule, RuleList } from "../../lib/rules/edits";
import {
  actionsOf,
  conditionsOf,
  isForbid,
  oddParts,
  type WrittenCondition,
} from "../../lib/rules/rule";

/** The rule as a form. Conditions are named by their place. */
export function ruleForm(
  { key, rule }: KeyedRule,
  subject: SubjectView | undefined,
  name: string,
): RuleForm {
  return {
    key,
    subject: name,
    actions: actionsOf(rule),
    inverted: isForbid(rule),
    conditions: conditionsOf(rule).map((condition, place) =>
      conditionForm(condition, place, subject),
    ),
    odd: oddParts(rule),
  };
}

/** An operand of a kind that the operator does not take is shown as it is written. */
function conditionForm(
  { property, operator, values, isList, odd }: WrittenCondition,
  key: number,
  subject: SubjectView | undefined,
): ConditionForm {
  const form: ConditionForm = { key, property, operator, values, isList, odd };
  const known = subject?.properties
    .find((it) => it.property === property)
    ?.operators.find((it) => it.operator === operator);
  if (odd !== undefined || !known || takesList(subject, form) === isList) return form;
  return { ...form, values: [], odd: JSON.stringify(isList ? values : (values[0] ?? "")) };
}

/** What the core says about one card, by its fields: `policies.<key>…`. */
export interface CardNotes {
  problems: ReadonlyMap<string, string>;
  warnings: ReadonlyMap<string, string>;
  reaches: ReadonlyMap<string, RoleReview["reaches"][number]>;
}

/** What is said about each card of which anything is to be said, by the keys of the rules. */
export type Notes = ReadonlyMap<number, CardNotes>;

export function cardNotes(review: RoleReview | undefined, list: RuleList): Notes {
  const notes = new Map<number, Writing>();
  const on = ({ key }: KeyedRule): Writing => {
    const known = notes.get(key) ?? {
      problems: new Map(),
      warnings: new Map(),
      reaches: new Map(),
    };
    notes.set(key, known);
    return known;
  };
  const put = (into: Map<string, string>, field: string, message: string) => {
    if (!into.has(field)) into.set(field, message);
  };
  for (const { rule, path, severity, message, remedy } of review?.findings ?? []) {
    const keyed = rule === null ? undefined : list.rules[rule];
    if (!keyed) continue;
    const { problems, warnings } = on(keyed);
    const isHeavy = severity === "refused" || severity === "dangerous";
    put(isHeavy ? problems : warnings, fieldOf(keyed, path), `${message} ${remedy}`);
  }
  for (const { rule, property, operator, message } of review?.doubts ?? []) {
    const keyed = list.rules[rule];
    if (!keyed) continue;
    put(on(keyed).warnings, fieldOf(keyed, ["conditions", property, operator]), message);
  }
  for (const reach of review?.reaches ?? []) {
    const [rule = "", property = "", operator = ""] = reach.field.split("/");
    const keyed = list.rules[Number(rule)];
    if (!keyed) continue;
    on(keyed).reaches.set(fieldOf(keyed, ["conditions", property, operator]), reach);
  }
  return notes;
}

/** The notes, those on each card the very ones of `before` where they say the same. */
export function keptNotes(before: Notes, notes: Notes): Notes {
  let isSame = before.size === notes.size;
  const kept = new Map<number, CardNotes>();
  for (const [key, now] of notes) {
    const old = before.get(key);
    const isKept = old !== undefined && saying(old) === saying(now);
    isSame &&= isKept;
    kept.set(key, isKept ? old : now);
  }
  return isSame ? before : kept;
}

interface Writing {
  problems: Map<string, string>;
  warnings: Map<string, string>;
  reaches: Map<string, RoleReview["reaches"][number]>;
}

function saying({ problems, warnings, reaches }: CardNotes): string {
  return JSON.stringify([[...problems], [...warnings], [...reaches]]);
}

/** The field of the card that a path within a rule leads to. */
export function fieldOf({ key, rule }: KeyedRule, path: readonly string[]): string {
  const card = `policies.${key}`;
  const [part, property, ...rest] = path;
  if (part === "action") return `${card}.actions`;
  if (part !== "conditions" || property === undefined) return card;
  const conditions = conditionsOf(rule);
  const within = [property, ...rest].join(".");
  const exact = conditions.findIndex(
    (it) =>
      within === `${it.property}.${it.operator}` ||
      within.startsWith(`${it.property}.${it.operator}.`),
  );
  const place =
    exact >= 0 ? exact : conditions.findIndex((it) => it.property.split(".")[0] === property);
  return place < 0 ? card : `${card}.conditions.${place}`;
}
