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

export interface CardRemarks {
  problem: (field: string) => string | undefined;
  warning: (field: string) => string | undefined;
  reach: (field: string) => RoleReview["reaches"][number] | undefined;
}

/** What the core says, by the fields of the cards: `policies.<key>…`. */
export function cardRemarks(review: RoleReview | undefined, list: RuleList): CardRemarks {
  const problems = new Map<string, string>();
  const warnings = new Map<string, string>();
  const reaches = new Map<string, RoleReview["reaches"][number]>();
  const put = (into: Map<string, string>, field: string | undefined, message: string) => {
    if (field !== undefined && !into.has(field)) into.set(field, message);
  };
  for (const { rule, path, severity, message, remedy } of review?.findings ?? []) {
    const keyed = rule === null ? undefined : list.rules[rule];
    if (!keyed) continue;
    const isHeavy = severity === "refused" || severity === "dangerous";
    put(isHeavy ? problems : warnings, fieldOf(keyed, path), `${message} ${remedy}`);
  }
  for (const { rule, property, operator, message } of review?.doubts ?? []) {
    const keyed = list.rules[rule];
    if (keyed) put(warnings, fieldOf(keyed, ["conditions", property, operator]), message);
  }
  for (const reach of review?.reaches ?? []) {
    const [rule = "", property = "", operator = ""] = reach.field.split("/");
    const keyed = list.rules[Number(rule)];
    const field = keyed && fieldOf(keyed, ["conditions", property, operator]);
    if (field !== undefined) reaches.set(field, reach);
  }
  return {
    problem: (field) => problems.get(field),
    warning: (field) => warnings.get(field),
    reach: (field) => reaches.get(field),
  };
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
