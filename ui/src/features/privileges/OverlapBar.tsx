import { GitMerge } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../components/button/Button";
import { SegmentedControl } from "../../components/segmented/SegmentedControl";
import { formatQuantity } from "../../lib/numbers";
import { formatInstant } from "../../lib/time";
import type { PrivilegeForm } from "./draft";
import { isSame, PART_NAMES, type Part } from "./merge";
import styles from "./overlap.module.css";

export interface OverlapBarProps {
  /** The parts that were changed elsewhere alone, and stand in the form now. */
  taken: readonly Part[];
  /** The parts that were changed here and elsewhere. */
  conflicts: readonly Part[];
  form: PrivilegeForm;
  mine: PrivilegeForm;
  theirs: PrivilegeForm;
  /** Puts a part of another form in place. */
  onChoose: (part: Part, from: PrivilegeForm) => void;
  onClose: () => void;
}

const SIDES = [
  { id: "mine", label: "Mine" },
  { id: "theirs", label: "Theirs" },
] as const;

/** Says that the privilege was changed elsewhere meanwhile, and lets each clash be settled in place. */
export function OverlapBar(props: OverlapBarProps) {
  const { taken, conflicts, form, mine, theirs, onChoose, onClose } = props;
  return (
    <section className={styles.bar} aria-label="Changed elsewhere">
      <header className={styles.head} role="alert">
        <GitMerge size={15} className={styles.icon} aria-hidden="true" />
        <p>
          <b>It was changed elsewhere while you were writing.</b>{" "}
          {taken.length > 0 && (
            <>Taken over: {taken.map((part) => PART_NAMES[part].toLowerCase()).join(", ")}. </>
          )}
          {conflicts.length > 0
            ? "Both changed what stands below; choose which is saved."
            : "Nothing of yours was touched."}
        </p>
        <Button size="small" variant="ghost" onPress={onClose}>
          Close
        </Button>
      </header>
      {conflicts.map((part) => (
        <div key={part} className={styles.part}>
          <span className={styles.name}>{PART_NAMES[part]}</span>
          <SegmentedControl
            label={`${PART_NAMES[part]}: which is saved`}
            size="small"
            segments={SIDES}
            value={isSame(part, form, theirs) ? "theirs" : "mine"}
            onChange={(side) => onChoose(part, side === "theirs" ? theirs : mine)}
          />
          <Side word="Mine" text={summary(part, mine)} />
          <Side word="Theirs" text={summary(part, theirs)} />
        </div>
      ))}
    </section>
  );
}

function Side({ word, text }: { word: string; text: ReactNode }) {
  return (
    <p className={styles.side}>
      <span className={styles.word}>{word}</span> {text}
    </p>
  );
}

function summary(part: Part, form: PrivilegeForm): string {
  switch (part) {
    case "name":
    case "reason":
    case "ticket":
      return form[part] === "" ? "nothing" : form[part];
    case "start":
      return form.start === null ? "at once" : formatInstant(Date.parse(form.start));
    case "duration":
      return lasting(form);
    case "policies":
      return policies(form);
  }
}

function lasting({ duration: { mode, range, end } }: PrivilegeForm): string {
  switch (mode) {
    case "permanent":
      return "permanent";
    case "timed":
      return `${range} from now`;
    case "kept":
      return end === "" ? "as it is" : `until ${formatInstant(Date.parse(end))}`;
    case "until":
      return end === "" ? "until an instant" : `until ${formatInstant(Date.parse(end))}`;
  }
}

function policies({ policies: all }: PrivilegeForm): string {
  const each = all.map(
    ({ subject, actions, inverted, conditions }) =>
      `${inverted ? "forbid" : "allow"} ${actions.join(", ")} on ${subject}` +
      (conditions.length > 0 ? ` (${formatQuantity(conditions.length, "condition")})` : ""),
  );
  return each.length === 0 ? "none" : each.join("; ");
}
