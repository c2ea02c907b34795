import type { DurationDraft } from "../../../api/generated/commands";
import { SegmentedControl } from "../../../components/segmented/SegmentedControl";
import { TextField } from "../../../components/field/TextField";
import styles from "./bulk.module.css";

const LASTING = [
  { id: "permanent", label: "Permanent" },
  { id: "timed", label: "Timed" },
] as const;

export interface LastingFieldProps {
  value: DurationDraft;
  onChange: (duration: DurationDraft) => void;
  error?: string | undefined;
}

/** For how long a role is given. */
export function LastingField({ value, onChange, error }: LastingFieldProps) {
  return (
    <div className={styles.lasting} role="group" aria-label="Duration">
      <span className={styles.lastingLabel}>Duration</span>
      <SegmentedControl
        label="Duration"
        segments={LASTING}
        value={value.kind === "permanent" ? "permanent" : "timed"}
        onChange={(kind) =>
          onChange(kind === "permanent" ? { kind } : { kind: "timed", range: "8h" })
        }
      />
      {value.kind === "timed" && (
        <TextField
          label="For how long"
          hideLabel
          mono
          placeholder="8h"
          value={value.range}
          onChange={(range) => onChange({ kind: "timed", range })}
          error={error}
          description="From now: 30m, 8h, 3d, 1w"
        />
      )}
    </div>
  );
}
