import { Ban, Check, CopyPlus, Plus, Trash2 } from "lucide-react";
import { Button } from "../button/Button";
import { IconButton } from "../button/IconButton";
import { Chip } from "../chip/Chip";
import { CodeText } from "../text/CodeText";
import { SegmentedControl } from "../segmented/SegmentedControl";
import { classes } from "../../lib/classes";
import { ActionChips } from "./ActionChips";
import { ConditionRow } from "./ConditionRow";
import { useRules } from "./context";
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
}

/** One rule: allow or forbid which actions on what, and under which conditions. */
export function RuleCard({ rule, place, onRemove }: RuleCardProps) {
  const { catalogue, edit, problem, focusNext } = useRules();
  const subject = subjectNamed(catalogue.subjects, rule.subject);
  const title = subject?.title ?? rule.subject;
  const field = `policies.${rule.key}`;
  const wrong = problem(field) ?? problem(`${field}.inverted`);
  return (
    <article
      className={classes(styles.card, rule.inverted && styles.forbids)}
      aria-label={`Policy ${place}: ${title}`}
      data-field={field}
    >
      <header className={styles.cardHead}>
        <Effect rule={rule} subject={subject} />
        <h3 className={styles.subject}>
          <span className="truncate">{title}</span>
          <span className={classes("mono", "faint", "truncate", styles.slug)}>{rule.subject}</span>
        </h3>
        <IconButton
          icon={CopyPlus}
          size="small"
          label={`Duplicate ${title}`}
          onPress={() => edit({ kind: "duplicate", policy: rule.key })}
        />
        <IconButton icon={Trash2} size="small" label={`Remove ${title}`} onPress={onRemove} />
      </header>
      {wrong !== undefined && (
        <p className={styles.wrong}>
          <CodeText text={wrong} />
        </p>
      )}
      {subject ? (
        <ActionChips rule={rule} subject={subject} />
      ) : (
        <p className={styles.note}>This catalogue does not know the subject.</p>
      )}
      {subject && (rule.conditions.length > 0 || subject.properties.length > 0) && (
        <Conditions
          rule={rule}
          subject={subject}
          onAdded={(key) => focusNext(`${field}.conditions.${key}.value`)}
        />
      )}
    </article>
  );
}

function Effect({ rule, subject }: { rule: RuleForm; subject: SubjectView | undefined }) {
  const { edit } = useRules();
  if (subject && !subject.invertible && !rule.inverted) {
    return (
      <Chip tone="allow" title={`The server takes no Forbid on ${subject.title}`}>
        Allow only
      </Chip>
    );
  }
  return (
    <div data-field={`policies.${rule.key}.inverted`}>
      <SegmentedControl
        label="Allow or forbid"
        size="small"
        segments={EFFECTS}
        value={rule.inverted ? "forbid" : "allow"}
        onChange={(id) => edit({ kind: "effect", policy: rule.key, inverted: id === "forbid" })}
      />
    </div>
  );
}

interface ConditionsProps {
  rule: RuleForm;
  subject: SubjectView;
  onAdded: (key: number) => void;
}

function Conditions({ rule, subject, onAdded }: ConditionsProps) {
  const { edit, nextConditionKey } = useRules();
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
        {next && (
          <Button variant="ghost" size="small" icon={Plus} onPress={add}>
            Add condition
          </Button>
        )}
      </div>
    </div>
  );
}
