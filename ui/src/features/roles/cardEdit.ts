/** An edit on a card as an edit of the list of rules. Pure. */
import type { SubjectView } from "../../api/generated/commands";
import { takesList } from "../../components/rules/offer";
import type { ConditionForm, RuleEdit } from "../../components/rules/types";
import type { KeyedRule, RuleListEdit } from "../../lib/rules/edits";
import { conditionsOf } from "../../lib/rules/rule";

/** What an edit on the card of rule `number` means for the list, and what undoing it is called. */
export function cardEdit(
  edit: RuleEdit,
  { key: rule, rule: before }: KeyedRule,
  number: number,
  subject: SubjectView | undefined,
  title: string,
): { to: RuleListEdit; name: string; run?: string } {
  const titleOf = (property: string) =>
    subject?.properties.find((it) => it.property === property)?.title ?? property;
  const words = (
    condition: Omit<ConditionForm, "key" | "values"> & { values?: readonly string[] },
  ) => {
    const { property, operator, values = [], isList } = condition;
    return {
      property,
      operator,
      values,
      isList: takesList(subject, { key: 0, property, operator, values, isList }),
    };
  };
  switch (edit.kind) {
    case "duplicate":
      return { to: { kind: "duplicate", rule }, name: `Duplicate rule ${number} on ${title}` };
    case "effect": {
      const to = { kind: "effect", rule, forbid: edit.inverted } as const;
      return { to, name: `Make rule ${number} ${edit.inverted ? "a Forbid" : "an Allow"}` };
    }
    case "actions":
      return {
        to: { kind: "actions", rule, actions: edit.actions },
        name: `Change the actions of rule ${number} on ${title}`,
      };
    case "addCondition":
      return {
        to: { kind: "addCondition", rule, condition: words(edit.condition) },
        name: `Add a condition on ${titleOf(edit.condition.property)}`,
      };
    case "condition": {
      const { condition } = edit;
      const was = conditionsOf(before)[condition.key];
      const isTyping = was?.property === condition.property && was.operator === condition.operator;
      // A value that was still to be written is none in a list.
      const values = isTyping ? condition.values : condition.values.filter((text) => text !== "");
      const changed = words({ ...condition, values });
      return {
        to: { kind: "condition", rule, place: condition.key, condition: changed },
        name: `Change ${titleOf(condition.property)} of rule ${number}`,
        ...(isTyping && !changed.isList ? { run: `${rule}.${condition.key}` } : {}),
      };
    }
    case "removeCondition":
      return {
        to: { kind: "removeCondition", rule, place: edit.condition },
        name: `Remove a condition of rule ${number}`,
      };
  }
}
