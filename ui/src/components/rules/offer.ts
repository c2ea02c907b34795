/** What the project's server takes, as the catalogue says it, and what of it is still free in a rule. */
import type { ConditionForm, RuleForm } from "./types";

export interface OperatorView {
  operator: string;
  title: string;
  takesList: boolean;
}

export interface PropertyView {
  property: string;
  title: string;
  operators: readonly OperatorView[];
}

export interface ActionView {
  action: string;
  title: string;
  description: string;
  legacy: boolean;
  /** The only properties a rule with this action may test; null if it may test all. */
  onlyProperties?: readonly string[] | null;
}

export interface SubjectView {
  subject: string;
  title: string;
  description: string;
  area: string;
  invertible: boolean;
  actions: readonly ActionView[];
  properties: readonly PropertyView[];
}

/**
 * The properties that a condition of `rule` may test: those its actions allow, with an operator that
 * no other condition of the rule uses. `own` is the condition that asks, if it is there already.
 */
export function propertiesFor(
  subject: SubjectView,
  rule: RuleForm,
  own?: ConditionForm,
): PropertyView[] {
  const isAllowed = (property: string) =>
    subject.actions.every(
      ({ action, onlyProperties }) =>
        !rule.actions.includes(action) || (onlyProperties?.includes(property) ?? true),
    );
  return subject.properties.filter(
    (property) =>
      (isAllowed(property.property) && operatorsFor(property, rule, own).length > 0) ||
      property.property === own?.property,
  );
}

/** The operators of `property` that no other condition of `rule` uses. */
export function operatorsFor(
  property: PropertyView,
  rule: RuleForm,
  own?: ConditionForm,
): OperatorView[] {
  const used = rule.conditions
    .filter((other) => other.key !== own?.key && other.property === property.property)
    .map(({ operator }) => operator);
  return property.operators.filter(({ operator }) => !used.includes(operator));
}

/** The operator to start with: paths are mostly meant with all that lies below. */
export function firstOperator(property: PropertyView, rule: RuleForm, own?: ConditionForm) {
  const free = operatorsFor(property, rule, own);
  const wanted = property.property === "secretPath" ? "$glob" : undefined;
  return (free.find(({ operator }) => operator === wanted) ?? free[0])?.operator;
}

/** Whether a condition's operand is a list. */
export function takesList(subject: SubjectView | undefined, condition: ConditionForm): boolean {
  const property = subject?.properties.find((it) => it.property === condition.property);
  const operator = property?.operators.find((it) => it.operator === condition.operator);
  return operator?.takesList ?? condition.isList ?? condition.values.length > 1;
}

export function subjectNamed<S extends SubjectView>(subjects: readonly S[], name: string) {
  return subjects.find(({ subject }) => subject === name);
}
