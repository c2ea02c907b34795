import { Check, Plus } from "lucide-react";
import { memo } from "react";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { ToggleButtonGroup } from "react-aria-components/ToggleButtonGroup";
import { Button } from "../button/Button";
import { CodeText } from "../text/CodeText";
import { Tooltip } from "../tooltip/Tooltip";
import { classes } from "../../lib/classes";
import { useRuleNotes, useRules } from "./context";
import type { ActionView, SubjectView } from "./offer";
import styles from "./rules.module.css";
import type { RuleForm } from "./types";

/** The actions of a subject, each on or off. The arrow keys move between them. */
export function ActionChips({ rule, subject }: { rule: RuleForm; subject: SubjectView }) {
  const field = `policies.${rule.key}.actions`;
  const wrong = useRuleNotes().problem(field);
  return (
    <div data-field={field}>
      <Chips rule={rule} subject={subject} isInvalid={wrong !== undefined} />
      {wrong !== undefined && (
        <p className={styles.wrong}>
          <CodeText text={wrong} />
        </p>
      )}
    </div>
  );
}

interface ChipsProps {
  rule: RuleForm;
  subject: SubjectView;
  isInvalid: boolean;
}

const Chips = memo(function Chips({ rule, subject, isInvalid }: ChipsProps) {
  const { edit, isReadOnly = false } = useRules();
  const setActions = (chosen: ReadonlySet<string>) =>
    edit({
      kind: "actions",
      policy: rule.key,
      // What is written stays in its order; what is new follows in that of the catalogue.
      actions: [
        ...rule.actions.filter((action) => chosen.has(action)),
        ...subject.actions
          .map(({ action }) => action)
          .filter((action) => chosen.has(action) && !rule.actions.includes(action)),
      ],
    });
  const current = subject.actions.filter(({ legacy }) => !legacy);
  const strange = [...new Set(rule.actions)].filter(
    (action) => !subject.actions.some((known) => known.action === action),
  );
  const all = [
    ...current,
    ...subject.actions.filter(({ legacy }) => legacy),
    ...strange.map(strangeAction),
  ];
  const shown = isReadOnly ? all.filter(({ action }) => rule.actions.includes(action)) : all;
  const hasAll = current.every(({ action }) => rule.actions.includes(action));

  return (
    <div className={styles.actions}>
      <ToggleButtonGroup
        aria-label={`Actions on ${subject.title}`}
        className={classes(styles.chips)}
        selectionMode="multiple"
        isDisabled={isReadOnly}
        selectedKeys={[...new Set(rule.actions)]}
        onSelectionChange={(keys) => setActions(new Set([...keys].map(String)))}
      >
        {shown.map((action) => (
          <ActionChip key={action.action} action={action} isInvalid={isInvalid} />
        ))}
      </ToggleButtonGroup>
      {subject.actions.length > 1 && !isReadOnly && (
        <Button
          variant="ghost"
          size="small"
          className={styles.all}
          aria-label={`${hasAll ? "No" : "All"} actions on ${subject.title}`}
          onPress={() =>
            setActions(
              new Set(hasAll ? [] : [...rule.actions, ...current.map(({ action }) => action)]),
            )
          }
        >
          {hasAll ? "None" : "All"}
        </Button>
      )}
    </div>
  );
}, isSameChips);

/** Whether nothing that the chips show is different. */
function isSameChips(before: ChipsProps, after: ChipsProps): boolean {
  return (
    before.subject === after.subject &&
    before.isInvalid === after.isInvalid &&
    before.rule.key === after.rule.key &&
    before.rule.actions.join("\n") === after.rule.actions.join("\n")
  );
}

/** An action that the catalogue does not know on this subject. */
function strangeAction(action: string): ActionView {
  return { action, title: action, description: "Not known to this catalogue.", legacy: false };
}

function ActionChip({ action, isInvalid }: { action: ActionView; isInvalid: boolean }) {
  return (
    <Tooltip placement="top" text={<ActionWords action={action} />}>
      <ToggleButton
        id={action.action}
        className={classes(
          styles.chip,
          action.legacy && styles.legacy,
          isInvalid && styles.invalidChip,
        )}
      >
        {({ isSelected }) => (
          <>
            {isSelected ? <Check size={12} strokeWidth={2.5} /> : <Plus size={12} />}
            {action.title}
          </>
        )}
      </ToggleButton>
    </Tooltip>
  );
}

function ActionWords({ action: { action, description, legacy } }: { action: ActionView }) {
  return (
    <span>
      {description} <span className="mono">{action}</span>
      {legacy && " · kept for old servers"}
    </span>
  );
}
