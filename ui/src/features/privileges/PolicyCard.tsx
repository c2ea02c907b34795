import { Ban, Check, CopyPlus, Plus, Trash2 } from "lucide-react";
import type { SubjectView } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { IconButton } from "../../components/button/IconButton";
import { Chip } from "../../components/chip/Chip";
import { CodeText } from "../../components/text/CodeText";
import { SegmentedControl } from "../../components/segmented/SegmentedControl";
import { classes } from "../../lib/classes";
import { ActionChips } from "./ActionChips";
import { ConditionRow } from "./ConditionRow";
import { usePrivilegeForm } from "./context";
import { firstOperator, propertiesFor, subjectNamed, type PolicyForm } from "./draft";
import styles from "./privileges.module.css";

const EFFECTS = [
  { id: "allow", label: "Allow", icon: Check, tone: "allow" },
  { id: "forbid", label: "Forbid", icon: Ban, tone: "forbid" },
] as const;

export interface PolicyCardProps {
  policy: PolicyForm;
  /** Its number among the policies, from 1. */
  place: number;
  onRemove: () => void;
}

/** One policy: allow or forbid which actions on what, and under which conditions. */
export function PolicyCard({ policy, place, onRemove }: PolicyCardProps) {
  const { catalogue, edit, problem, focusNext } = usePrivilegeForm();
  const subject = subjectNamed(catalogue.subjects, policy.subject);
  const title = subject?.title ?? policy.subject;
  const field = `policies.${policy.key}`;
  const wrong = problem(field) ?? problem(`${field}.inverted`);
  return (
    <article
      className={classes(styles.card, policy.inverted && styles.forbids)}
      aria-label={`Policy ${place}: ${title}`}
      data-field={field}
    >
      <header className={styles.cardHead}>
        <Effect policy={policy} subject={subject} />
        <h3 className={styles.subject}>
          <span className="truncate">{title}</span>
          <span className={classes("mono", "faint", "truncate", styles.slug)}>
            {policy.subject}
          </span>
        </h3>
        <IconButton
          icon={CopyPlus}
          size="small"
          label={`Duplicate ${title}`}
          onPress={() => edit({ kind: "duplicate", policy: policy.key })}
        />
        <IconButton icon={Trash2} size="small" label={`Remove ${title}`} onPress={onRemove} />
      </header>
      {wrong !== undefined && (
        <p className={styles.wrong}>
          <CodeText text={wrong} />
        </p>
      )}
      {subject ? (
        <ActionChips policy={policy} subject={subject} />
      ) : (
        <p className={styles.note}>This catalogue does not know the subject.</p>
      )}
      {subject && (policy.conditions.length > 0 || subject.properties.length > 0) && (
        <Conditions
          policy={policy}
          subject={subject}
          onAdded={(key) => focusNext(`${field}.conditions.${key}.value`)}
        />
      )}
    </article>
  );
}

function Effect({ policy, subject }: { policy: PolicyForm; subject: SubjectView | undefined }) {
  const { edit } = usePrivilegeForm();
  if (subject && !subject.invertible && !policy.inverted) {
    return (
      <Chip tone="allow" title={`The server takes no Forbid on ${subject.title}`}>
        Allow only
      </Chip>
    );
  }
  return (
    <div data-field={`policies.${policy.key}.inverted`}>
      <SegmentedControl
        label="Allow or forbid"
        size="small"
        segments={EFFECTS}
        value={policy.inverted ? "forbid" : "allow"}
        onChange={(id) => edit({ kind: "effect", policy: policy.key, inverted: id === "forbid" })}
      />
    </div>
  );
}

interface ConditionsProps {
  policy: PolicyForm;
  subject: SubjectView;
  onAdded: (key: number) => void;
}

function Conditions({ policy, subject, onAdded }: ConditionsProps) {
  const { edit, nextKey } = usePrivilegeForm();
  const unused = propertiesFor(subject, policy).filter(
    ({ property }) => !policy.conditions.some((condition) => condition.property === property),
  );
  const next = unused[0] ?? propertiesFor(subject, policy)[0];
  const add = () => {
    const operator = next && firstOperator(next, policy);
    if (!operator) return;
    edit({
      kind: "addCondition",
      policy: policy.key,
      condition: { property: next.property, operator },
    });
    onAdded(nextKey);
  };
  return (
    <div className={styles.conditions}>
      {policy.conditions.map((condition, index) => (
        <ConditionRow
          key={condition.key}
          policy={policy}
          subject={subject}
          condition={condition}
          place={index}
        />
      ))}
      <div className={styles.addCondition}>
        {policy.conditions.length === 0 && <span className={styles.always}>always</span>}
        {next && (
          <Button variant="ghost" size="small" icon={Plus} onPress={add}>
            Add condition
          </Button>
        )}
      </div>
    </div>
  );
}
