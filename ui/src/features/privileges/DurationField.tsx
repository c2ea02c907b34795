import { DurationPicker, type DurationMode } from "../../components/duration/DurationPicker";
import { InstantField } from "../../components/datetime/InstantField";
import { SegmentedControl } from "../../components/segmented/SegmentedControl";
import { CodeText } from "../../components/text/CodeText";
import { Timed } from "../../components/timed/Timed";
import { HOUR, formatInstant } from "../../lib/time";
import { usePrivilegeForm } from "./context";
import type { Lasting, PrivilegeForm } from "./draft";
import styles from "./privileges.module.css";

const KEPT = { id: "kept", label: "As it is", takes: "nothing" } as const;
const MODES: readonly DurationMode<Lasting>[] = [
  { id: "permanent", label: "Permanent", takes: "nothing" },
  { id: "timed", label: "Timed", takes: "range" },
  { id: "until", label: "Until", takes: "instant" },
];

export interface DurationFieldProps {
  form: PrivilegeForm;
  endsAt: string | null;
  /** Whether something stored is being edited, whose duration may stay as it is. */
  isEdited: boolean;
}

/** How long the privilege counts, and when that would end. */
export function DurationField({ form, endsAt, isEdited }: DurationFieldProps) {
  const { edit, problem } = usePrivilegeForm();
  return (
    <DurationPicker
      label="Duration"
      modes={isEdited ? [KEPT, ...MODES] : MODES}
      value={form.duration}
      onChange={(duration) => edit({ kind: "duration", duration })}
      problem={problem("duration")}
      note={
        endsAt === null ? (
          <CodeText text="One number and one unit: `30m`, `1.5h`, `3d`, `1w`" />
        ) : (
          <>
            Ends {formatInstant(Date.parse(endsAt))} ·{" "}
            <Timed key={endsAt} end={endsAt} look="text" />
          </>
        )
      }
    />
  );
}

const BEGINS = [
  { id: "now", label: "At once" },
  { id: "later", label: "Later" },
] as const;

/** When the privilege begins. What begins later waits in Reeve. */
export function StartField({ form, canBeNow }: { form: PrivilegeForm; canBeNow: boolean }) {
  const { edit, problem } = usePrivilegeForm();
  const wrong = problem("start");
  return (
    <div className={styles.start} role="group" aria-label="Begins" data-field="start">
      <span className={styles.label}>Begins</span>
      <div className={styles.spans}>
        {canBeNow && (
          <SegmentedControl
            label="Begins"
            segments={BEGINS}
            value={form.start === null ? "now" : "later"}
            onChange={(id) => edit({ kind: "start", start: id === "now" ? null : nextHour() })}
          />
        )}
        {form.start !== null && (
          <InstantField
            label="Start"
            hideLabel
            value={form.start}
            onChange={(start) => edit({ kind: "start", start })}
            isInvalid={wrong !== undefined}
          />
        )}
      </div>
      {wrong !== undefined && (
        <p className={styles.wrong}>
          <CodeText text={wrong} />
        </p>
      )}
      {wrong === undefined && form.start !== null && (
        <p className={styles.note}>
          A server would give it at once, so Reeve keeps it and gives it at its start while it runs.
          If it does not run then, it asks first.
        </p>
      )}
    </div>
  );
}

/** The next full hour that is not about to come. */
function nextHour(): string {
  return new Date(Math.ceil((Date.now() + HOUR / 4) / HOUR) * HOUR).toISOString();
}
