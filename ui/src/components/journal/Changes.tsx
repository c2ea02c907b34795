import { Minus, MoveDown, MoveUp, Plus, type LucideIcon } from "lucide-react";
import { classes } from "../../lib/classes";
import { formatInstant } from "../../lib/time";
import { RuleInWords, type RuleWords } from "../rule/RuleInWords";
import { Timed } from "../timed/Timed";
import styles from "./Changes.module.css";

/** What a field says. */
export type FieldWords =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "instant"; at: string }
  | { kind: "until"; end: string; range: string | null };

export type RuleFate = "kept" | "added" | "removed" | "movedHere" | "movedAway";

/** What happened to one thing. */
export interface ThingChange {
  kind: string;
  title: string;
  fate: "made" | "changed" | "removed";
  fields: readonly { label: string; before: FieldWords | null; after: FieldWords | null }[];
  rules: readonly { fate: RuleFate; rule: RuleWords }[];
}

const FATES: Record<ThingChange["fate"], string | undefined> = {
  made: styles.fateMade,
  changed: undefined,
  removed: styles.fateRemoved,
};

const MARKS: Record<
  RuleFate,
  { icon: LucideIcon | null; word: string; tone?: "added" | "removed" }
> = {
  kept: { icon: null, word: "kept" },
  added: { icon: Plus, word: "added", tone: "added" },
  removed: { icon: Minus, word: "removed", tone: "removed" },
  movedHere: { icon: MoveDown, word: "moved here" },
  movedAway: { icon: MoveUp, word: "moved away" },
};

/** What happened to things: their fields on both sides, and their rules one by one. */
export function Changes({ changes }: { changes: readonly ThingChange[] }) {
  return (
    <div className={styles.changes}>
      {changes.map((change, place) => (
        <section key={place} className={styles.thing} aria-label={change.title}>
          <h3 className={styles.title}>
            <span className="muted">{change.kind}</span> {change.title}{" "}
            <span className={classes(styles.fate, FATES[change.fate])}>{change.fate}</span>
          </h3>
          {change.fields.length > 0 && <Fields change={change} />}
          {change.rules.length > 0 && <Rules rules={change.rules} />}
          {change.fields.length === 0 && change.rules.every(({ fate }) => fate === "kept") && (
            <p className="faint">Only what is kept beside it, such as when it was last changed.</p>
          )}
        </section>
      ))}
    </div>
  );
}

function Fields({ change: { fields, fate } }: { change: ThingChange }) {
  return (
    <dl className={styles.fields}>
      {fields.map(({ label, before, after }) => (
        <div key={label} className={styles.field}>
          <dt>{label}</dt>
          <dd>
            {fate === "changed" ? (
              <>
                <del className={styles.old}>
                  <Value value={before} />
                </del>{" "}
                <span aria-hidden="true" className="faint">
                  →
                </span>{" "}
                <ins className={styles.new}>
                  <Value value={after} />
                </ins>
              </>
            ) : (
              <Value value={after ?? before} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ value }: { value: FieldWords | null }) {
  if (value === null) return <span className="faint">nothing</span>;
  switch (value.kind) {
    case "text":
      return value.text;
    case "code":
      return <code className={styles.code}>{value.text}</code>;
    case "instant":
      return formatInstant(Date.parse(value.at));
    case "until":
      return (
        <>
          until {formatInstant(Date.parse(value.end))}{" "}
          <span className="faint">
            {value.range !== null && `(${value.range}) · `}
            <Timed end={value.end} look="text" />
          </span>
        </>
      );
  }
}

function Rules({ rules }: { rules: ThingChange["rules"] }) {
  const changed = rules.filter(({ fate }) => fate !== "kept").length;
  const kept = rules.length - changed;
  // What stayed is context: of a long list only what lies beside a change is shown.
  const shown = rules.filter(
    ({ fate }, place) =>
      rules.length <= CONTEXT ||
      fate !== "kept" ||
      rules[place - 1]?.fate !== "kept" ||
      rules[place + 1]?.fate !== "kept",
  );
  const hidden = rules.length - shown.length;
  return (
    <>
      <ul className={styles.rules} aria-label="Policies">
        {shown.map(({ fate, rule }, place) => {
          const { icon: Icon, word, tone } = MARKS[fate];
          return (
            <li key={place} className={classes(styles.rule, tone && styles[tone])}>
              <span className={styles.mark}>
                {Icon && <Icon size={13} strokeWidth={2.25} aria-hidden="true" />}
                <span className="visually-hidden">{word}</span>
              </span>
              <RuleInWords rule={rule} />
            </li>
          );
        })}
      </ul>
      {hidden > 0 && (
        <p className="faint">
          {kept} policies stayed as they were; {hidden} of them are not shown.
        </p>
      )}
    </>
  );
}

/** A list of so many rules is shown whole. */
const CONTEXT = 5;
