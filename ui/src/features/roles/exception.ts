/** How "everything except" is written: a condition on the rule, or a Forbid beside it. Pure. */
import type { PropertyView, SubjectView } from "../../api/generated/commands";

export type ExceptPlan =
  | {
      kind: "condition";
      property: string;
      operator: string;
      values: readonly string[];
      sentence: string;
    }
  | {
      kind: "forbid";
      /** One Forbid for each: patterns cannot be listed in one. */
      conditions: readonly { property: string; operator: string; values: readonly string[] }[];
      sentence: string;
    };

/**
 * One plain value is left out by Not Equal, which concerns this rule alone. Several values, patterns
 * and tags need a Forbid, since no operator negates them.
 */
export function exception(
  subject: SubjectView,
  property: string,
  values: readonly string[],
): ExceptPlan | { refusal: string } {
  const known = subject.properties.find((it) => it.property === property);
  if (!known) return { refusal: "Choose a property first." };
  const patterns = values.filter((value) => isPattern(value));
  const [only] = values;
  if (takes(known, "$ne") && values.length <= 1 && patterns.length === 0) {
    return {
      kind: "condition",
      property,
      operator: "$ne",
      values: only === undefined ? [] : [only],
      sentence: `The rule gets a condition: ${known.title} is not \`${only ?? "…"}\`. Nothing else changes.`,
    };
  }
  if (!subject.invertible) {
    return {
      refusal: `The server takes no Forbid on ${subject.title}, so only one plain value can be left out.`,
    };
  }
  const plain = values.filter((value) => !isPattern(value));
  if (patterns.length > 0 && !takes(known, "$glob")) {
    return { refusal: `${known.title} takes no patterns; give its values one by one.` };
  }
  const conditions = [
    ...(plain.length > 0 ? [{ property, operator: "$in", values: plain }] : []),
    ...patterns.map((pattern) => ({ property, operator: "$glob", values: [pattern] })),
  ];
  return {
    kind: "forbid",
    conditions,
    sentence:
      "A Forbid on the same actions is added after the rule. Where a Forbid always wins, it also takes away what other roles and privileges allow there.",
  };
}

function takes({ operators }: PropertyView, operator: string): boolean {
  return operators.some((it) => it.operator === operator);
}

function isPattern(value: string): boolean {
  return /[*?[\]{}!]/.test(value.replaceAll(/\{\{.*?\}\}/g, ""));
}
