import { X } from "lucide-react";
import { memo, useId } from "react";
import { IconButton } from "../button/IconButton";
import type { Option } from "../list/Option";
import { CodeText } from "../text/CodeText";
import { Select } from "../select/Select";
import { classes } from "../../lib/classes";
import { useRuleNotes, useRules } from "./context";
import {
  firstOperator,
  operatorsFor,
  propertiesFor,
  takesList,
  type PropertyView,
  type SubjectView,
} from "./offer";
import { PatternTester } from "./PatternTester";
import { ReachLine } from "./ReachLine";
import { ValueField } from "./ValueField";
import styles from "./rules.module.css";
import type { ConditionForm, RuleForm } from "./types";

export interface ConditionRowProps {
  rule: RuleForm;
  subject: SubjectView;
  condition: ConditionForm;
  /** Its number among the conditions, from 0. */
  place: number;
}

/** So many values stand beside their operator. */
const IN_A_LINE = 4;

/** One condition as a line: where a property compares to a value. Only what is legal is offered. */
export function ConditionRow(props: ConditionRowProps) {
  const { rule, subject, condition, place } = props;
  const { problem, warning, reach } = useRuleNotes();
  const field = `policies.${rule.key}.conditions.${condition.key}`;
  const notes = useId();
  const wrong =
    problem(field) ??
    problem(`${field}.property`) ??
    problem(`${field}.operator`) ??
    problem(`${field}.value`);
  const doubt = warning(`${field}.value`) ?? warning(field);

  return (
    <div
      className={classes(
        styles.condition,
        takesList(subject, condition) && styles.list,
        condition.values.length > IN_A_LINE && styles.long,
      )}
      data-field={field}
      role="group"
      aria-label={`Condition ${place + 1}`}
    >
      <Fields {...props} isInvalid={wrong !== undefined} notesId={notes} />
      <div id={notes} className={styles.under} role="status">
        {wrong !== undefined && (
          <p className={styles.wrong}>
            <CodeText text={wrong} />
          </p>
        )}
        {wrong === undefined && doubt !== undefined && (
          <p className={styles.doubt}>
            <CodeText text={doubt} />
          </p>
        )}
        <ReachLine reach={reach(field)} />
      </div>
    </div>
  );
}

interface FieldsProps extends ConditionRowProps {
  isInvalid: boolean;
  /** The element that says what is wrong or doubtful. */
  notesId: string;
}

const Fields = memo(function Fields(props: FieldsProps) {
  const { rule, subject, condition, place, isInvalid, notesId } = props;
  const { edit, focusNext, testing, isReadOnly = false } = useRules();
  const field = `policies.${rule.key}.conditions.${condition.key}`;
  const property = subject.properties.find((it) => it.property === condition.property);
  const change = (next: Partial<ConditionForm>) =>
    edit({ kind: "condition", policy: rule.key, condition: { ...condition, ...next } });
  const remove = () => {
    const left = rule.conditions.filter(({ key }) => key !== condition.key);
    const neighbour = left[Math.min(place, left.length - 1)];
    focusNext(
      neighbour
        ? `policies.${rule.key}.conditions.${neighbour.key}.value`
        : `policies.${rule.key}.actions`,
    );
    edit({ kind: "removeCondition", policy: rule.key, condition: condition.key });
  };
  return (
    <>
      <span className={styles.joint}>{place === 0 ? "where" : "and"}</span>
      <div data-field={`${field}.property`} className={styles.property}>
        <Select
          label="Property"
          hideLabel
          isDisabled={isReadOnly || condition.odd !== undefined}
          options={withOwn(
            propertiesFor(subject, rule, condition).map(({ property: id, title }) => ({
              id,
              label: title,
            })),
            condition.property,
          )}
          value={condition.property}
          onChange={(id) => change(onProperty(id, subject, rule, condition))}
        />
      </div>
      <div data-field={`${field}.operator`} className={styles.operator}>
        <Select
          label="Operator"
          hideLabel
          isDisabled={isReadOnly || condition.odd !== undefined}
          options={withOwn(
            (property ? operatorsFor(property, rule, condition) : []).map(
              ({ operator: id, title }) => ({ id, label: title }),
            ),
            condition.operator,
          )}
          value={condition.operator}
          onChange={(operator) => change({ operator })}
        />
      </div>
      <div data-field={`${field}.value`} className={styles.value}>
        {condition.odd !== undefined ? (
          <code className={classes("mono", styles.oddValue)} title="Kept as written">
            {condition.odd}
          </code>
        ) : (
          <ValueField
            subject={subject}
            rule={rule}
            condition={condition}
            isInvalid={isInvalid}
            notesId={notesId}
            onChange={(values) => change({ values })}
          />
        )}
        {condition.operator === "$glob" && condition.odd === undefined && testing && (
          <PatternTester
            pattern={condition.values[0] ?? ""}
            property={condition.property}
            testing={testing}
          />
        )}
      </div>
      {isReadOnly ? (
        <span />
      ) : (
        <IconButton
          icon={X}
          size="small"
          label={`Remove condition ${place + 1}`}
          className={styles.removeCondition}
          onPress={remove}
        />
      )}
    </>
  );
}, isSameFields);

/** Whether nothing that the fields show or offer is different. */
function isSameFields(before: FieldsProps, after: FieldsProps): boolean {
  return (
    before.subject === after.subject &&
    before.place === after.place &&
    before.isInvalid === after.isInvalid &&
    before.notesId === after.notesId &&
    isSameCondition(before.condition, after.condition) &&
    offering(before.rule, before.condition) === offering(after.rule, after.condition)
  );
}

function isSameCondition(one: ConditionForm, other: ConditionForm): boolean {
  return (
    one.key === other.key &&
    one.property === other.property &&
    one.operator === other.operator &&
    one.isList === other.isList &&
    one.odd === other.odd &&
    one.values.length === other.values.length &&
    one.values.every((value, at) => value === other.values[at])
  );
}

/** What of the rest of the rule decides what is offered for a condition. */
function offering({ key, actions, conditions }: RuleForm, own: ConditionForm): string {
  const others = conditions
    .filter((other) => other.key !== own.key)
    .map(({ key: other, property, operator, values }) => [
      other,
      property,
      operator,
      property === "environment" ? values : null,
    ]);
  return JSON.stringify([key, actions, others]);
}

/** The options, and what is written if it is none of them. */
function withOwn(options: Option[], own: string): Option[] {
  return options.some(({ id }) => id === own) ? options : [...options, { id: own, label: own }];
}

/** Another property keeps the operator where it can, and loses a value that meant something else. */
function onProperty(
  id: string,
  subject: SubjectView,
  rule: RuleForm,
  condition: ConditionForm,
): Partial<ConditionForm> {
  const property: PropertyView | undefined = subject.properties.find((it) => it.property === id);
  if (!property || id === condition.property) return {};
  const free = operatorsFor(property, rule, condition).map(({ operator }) => operator);
  const operator =
    id !== "secretPath" && free.includes(condition.operator)
      ? condition.operator
      : (firstOperator(property, rule, condition) ?? condition.operator);
  return { property: id, operator, values: [] };
}
