import { Fragment } from "react";
import type { ConditionView, RuleView } from "../../api/generated/commands";

/** A rule as a sentence without its Allow or Forbid: "Read Value on Secrets where Environment is prod". */
export function RuleSentence({ rule }: { rule: RuleView }) {
  return (
    <>
      {rule.actions.length === 0 ? (
        <span className="muted">nothing</span>
      ) : (
        <b className="strong">{rule.actions.map(({ title }) => title).join(", ")}</b>
      )}
      {" on "}
      {rule.subjectTitle}
      {rule.conditions.length === 0 ? (
        <span className="muted">, always</span>
      ) : (
        rule.conditions.map((condition, index) => (
          <Fragment key={index}>
            <span className="muted">{index === 0 ? " where " : " and "}</span>
            <ConditionWords condition={condition} />
          </Fragment>
        ))
      )}
    </>
  );
}

function ConditionWords({ condition }: { condition: ConditionView }) {
  const { propertyTitle, operatorTitle, values } = condition;
  return (
    <>
      {propertyTitle}
      <span className="muted"> {VERBS[operatorTitle] ?? operatorTitle.toLowerCase()} </span>
      {values.join("") === "" ? (
        <span className="muted">…</span>
      ) : (
        <span className="mono">{values.join(", ")}</span>
      )}
    </>
  );
}

/** How an operator reads within a sentence. */
const VERBS: Record<string, string> = {
  Equal: "is",
  "Not Equal": "is not",
  In: "is one of",
  "Glob Match": "matches",
};
