import { SegmentedControl } from "../../components/segmented/SegmentedControl";
import { TextField } from "../../components/field/TextField";
import { CodeText } from "../../components/text/CodeText";
import { Timed } from "../../components/timed/Timed";
import { formatInstant } from "../../lib/time";
import { usePrivilegeForm } from "./context";
import type { PrivilegeForm } from "./draft";
import styles from "./privileges.module.css";

const LASTING = [
  { id: "permanent", label: "Permanent" },
  { id: "timed", label: "Timed" },
] as const;
const PRESETS = ["15m", "1h", "4h", "8h", "1d", "1w"].map((id) => ({
  id,
  label: id.replace(/(\d+)(\D)/, "$1\u00a0$2"),
}));

/** How long the privilege counts, and when that would end. */
export function DurationField({ form, endsAt }: { form: PrivilegeForm; endsAt: string | null }) {
  const { edit, problem } = usePrivilegeForm();
  const setRange = (text: string) => edit({ kind: "text", field: "range", text });
  const preset = PRESETS.find(({ id }) => id === form.range.trim().replace(" ", ""));
  return (
    <div className={styles.duration} role="group" aria-label="Duration">
      <span className={styles.label}>Duration</span>
      <div className={styles.spans}>
        <SegmentedControl
          label="Duration"
          segments={LASTING}
          value={form.lasting}
          onChange={(lasting) => edit({ kind: "lasting", lasting })}
        />
        {form.lasting === "timed" && (
          <SegmentedControl
            label="Usual durations"
            segments={PRESETS}
            value={preset?.id ?? null}
            onChange={setRange}
          />
        )}
      </div>
      {form.lasting === "timed" && (
        <div data-field="duration" className={styles.range}>
          <TextField
            label="Other duration"
            hideLabel
            mono
            className={styles.rangeField}
            placeholder="3d"
            value={form.range}
            onChange={setRange}
            isInvalid={problem("duration") !== undefined}
            aria-describedby="duration-note"
          />
          <DurationNote endsAt={endsAt} problem={problem("duration")} />
        </div>
      )}
    </div>
  );
}

interface DurationNoteProps {
  endsAt: string | null;
  problem: string | undefined;
}

function DurationNote({ endsAt, problem }: DurationNoteProps) {
  if (problem !== undefined || endsAt === null) {
    return (
      <p id="duration-note" className={problem ? styles.wrong : styles.note}>
        <CodeText text={problem ?? "One number and one unit: `30m`, `1.5h`, `3d`, `1w`"} />
      </p>
    );
  }
  return (
    <p id="duration-note" className={styles.note}>
      Ends {formatInstant(Date.parse(endsAt))} · <Timed key={endsAt} end={endsAt} look="text" />
    </p>
  );
}
