import { Ban, Check, CopyPlus, Plus, Trash2 } from "lucide-react";
import { memo, type ReactNode } from "react";
import { Button } from "../button/Button";
import { IconButton } from "../button/IconButton";
import { Chip } from "../chip/Chip";
import { CodeText } from "../text/CodeText";
import { SegmentedControl } from "../segmented/SegmentedControl";
import { classes } from "../../lib/classes";
import { ActionChips } from "./ActionChips";
import { ConditionRow } from "./ConditionRow";
import { useRuleNotes, useRules } from "./context";
import { firstOperator, propertiesFor, subjectNamed, type SubjectView } from "./offer";
import styles from "./rules.module.css";
import type { RuleForm } from "./types";

const EFFECTS = [
  { id: "allow", label: "Allow", icon: Check, tone: "allow" },
  { id: "forbid", label: "Forbid", icon: Ban, tone: "forbid" },
] as const;

export interface RuleCardProps {
  rule: RuleForm;
  /** Its number among the rules, from 1. */
  place: number;
  onRemove: () => void;
  /** Other acts on the rule, before Duplicate. */
  acts?: ReactNode;
  /** Other ways to add a condition. */
  conditionActs?: ReactNode;
  /** The subject is said by what stands around the card. */
  hideSubject?: boolean;
}

/** One rule: allow or forbid which actions on what, and under which conditions. */
export function RuleCard({
  rule,
  place,
  onRemove,
  acts,
  conditionActs,
  hideSubject = false,
}: RuleCardProps) {
  const { catalogue, focusNext, isReadOnly = false } = useRules();
  const { problem, warning } = useRuleNotes();
  const subject = subjectNamed(catalogue.subjects, rule.subject);
  const title = subject?.title ?? rule.subject;
  const field = `policies.${rule.key}`;
  const wrong = problem(field) ?? problem(`${field}.inverted`);
  const doubt = warning(field);
  return (
    <article
      className={classes(styles.card, rule.inverted && styles.forbids)}
      aria-label={`Policy ${place}: ${title}`}
      data-field={field}
    >
      <header className={styles.cardHead}>
        <Effect rule={rule.key} inverted={rule.inverted} subject={subject} />
        <h3 className={styles.subject}>
          {hideSubject ? (
            <span className="faint">Rule {place}</span>
          ) : (
            <>
              <span className="truncate">{title}</span>
              <span className={classes("mono", "faint", "truncate", styles.slug)}>
                {rule.subject}
              </span>
            </>
          )}
        </h3>
        {acts}
        {!isReadOnly && (
          <CardButtons
            rule={rule.key}
            name={hideSubject ? `rule ${place}` : title}
            onRemove={onRemove}
          />
        )}
      </header>
      {wrong !== undefined && (
        <p className={styles.wrong}>
          <CodeText text={wrong} />
        </p>
      )}
      {doubt !== undefined && (
        <p className={styles.doubt}>
          <CodeText text={doubt} />
        </p>
      )}
      {!subject && <p className={styles.note}>This catalogue does not know the subject.</p>}
      <ActionChips rule={rule} subject={subject ?? unknownSubject(rule.subject)} />
      {rule.odd !== undefined && (
        <p className={styles.odd}>
          Kept as written: <code className="mono">{rule.odd}</code>
        </p>
      )}
      {(rule.conditions.length > 0 || (subject && subject.properties.length > 0)) && (
        <Conditions
          rule={rule}
          subject={subject ?? unknownSubject(rule.subject)}
          acts={conditionActs}
          onAdded={(key) => focusNext(`${field}.conditions.${key}.value`)}
        />
      )}
    </article>
  );
}

/** What a form needs of a subject that the catalogue does not know. */
function unknownSubject(subject: string): SubjectView {
  return {
    subject,
    title: subject,
    description: "",
    area: "",
    invertible: true,
    actions: [],
    properties: [],
  };
}

interface CardButtonsProps {
  rule: number;
  /** What a screen reader calls the rule. */
  name: string;
  onRemove: () => void;
}

const CardButtons = memo(function CardButtons({ rule, name, onRemove }: CardButtonsProps) {
  const { edit } = useRules();
  return (
    <>
      <IconButton
        icon={CopyPlus}
        size="small"
        label={`Duplicate ${name}`}
        onPress={() => edit({ kind: "duplicate", policy: rule })}
      />
      <IconButton icon={Trash2} size="small" label={`Remove ${name}`} onPress={onRemove} />
    </>
  );
});

interface EffectProps {
  rule: number;
  inverted: boolean;
  subject: SubjectView | undefined;
}

const Effect = memo(function Effect({ rule, inverted, subject }: EffectProps) {
  const { edit, isReadOnly = false } = useRules();
  if (isReadOnly) {
    return <Chip tone={inverted ? "forbid" : "allow"}>{inverted ? "Forbid" : "Allow"}</Chip>;
  }
  if (subject && !subject.invertible && !inverted) {
    return (
      <Chip tone="allow" title={`The server takes no Forbid on ${subject.title}`}>
        Allow only
      </Chip>
    );
  }
  return (
    <div data-field={`policies.${rule}.inverted`}>
      <SegmentedControl
        label="Allow or forbid"
        size="small"
        segments={EFFECTS}
        value={inverted ? "forbid" : "allow"}
        onChange={(id) => edit({ kind: "effect", policy: rule, inverted: id === "forbid" })}
      />
    </div>
  );
});

interface ConditionsProps {
  rule: RuleForm;
  subject: SubjectView;
  acts: ReactNode;
  onAdded: (key: number) => void;
}

function Conditions({ rule, subject, acts, onAdded }: ConditionsProps) {
  const { edit, nextConditionKey, isReadOnly = false } = useRules();
  const unused = propertiesFor(subject, rule).filter(
    ({ property }) => !rule.conditions.some((condition) => condition.property === property),
  );
  const next = unused[0] ?? propertiesFor(subject, rule)[0];
  const add = () => {
    const operator = next && firstOperator(next, rule);
    if (!operator) return;
    edit({
      kind: "addCondition",
      policy: rule.key,
      condition: { property: next.property, operator },
    });
    onAdded(nextConditionKey(rule.key));
  };
  return (
    <div className={styles.conditions}>
      {rule.conditions.map((condition, index) => (
        <ConditionRow
          key={condition.key}
          rule={rule}
          subject={subject}
          condition={condition}
          place={index}
        />
      ))}
      <div className={styles.addCondition}>
        {rule.conditions.length === 0 && <span className={styles.always}>always</span>}
        {next && !isReadOnly && (
          <Button variant="ghost" size="small" icon={Plus} onPress={add}>
            Add condition
          </Button>
        )}
        {!isReadOnly && acts}
      </div>
    </div>
  );
}
