import { useId, useState, type ReactNode } from "react";
import { CodeText } from "../text/CodeText";
import { InstantField } from "../datetime/InstantField";
import { TextField } from "../field/TextField";
import { SegmentedControl } from "../segmented/SegmentedControl";
import { nextMidnight } from "../../lib/time";
import styles from "./duration.module.css";

/** One way to say how long: not at all, by a range such as `1h`, or until an instant. */
export interface DurationMode<Id extends string> {
  id: Id;
  label: string;
  takes: "nothing" | "range" | "instant";
}

/** How long, as chosen. What a mode does not use is kept for when it is chosen again. */
export interface DurationValue<Id extends string> {
  mode: Id;
  range: string;
  /** As an RFC 3339 text; empty before one was chosen. */
  end: string;
}

export interface DurationPickerProps<Id extends string> {
  label: string;
  hideLabel?: boolean;
  modes: readonly DurationMode<Id>[];
  value: DurationValue<Id>;
  onChange: (value: DurationValue<Id>) => void;
  problem?: string | undefined;
  /** What comes of it, such as when that ends. */
  note?: ReactNode;
}

const PRESETS = ["15m", "1h", "4h", "8h", "endOfDay", "1d", "1w"].map((id) => ({
  id,
  label: id === "endOfDay" ? "End of day" : id.replace(/(\d+)(\D)/, "$1\u00a0$2"),
}));

/** How long something shall count: usual spans, any other span, or an end by date and time. */
export function DurationPicker<Id extends string>(props: DurationPickerProps<Id>) {
  const { label, hideLabel = false, modes, value, onChange, problem, note } = props;
  // Which midnight comes is asked once: a chosen end stays chosen when that has passed.
  const [midnight] = useState(endOfDay);
  const noteId = useId();
  const takes = modes.find(({ id }) => id === value.mode)?.takes ?? "nothing";
  const until = modes.find((mode) => mode.takes === "instant");
  const choose = (mode: Id) => {
    const isFirst = modes.find(({ id }) => id === mode)?.takes === "instant" && value.end === "";
    onChange({ ...value, mode, end: isFirst ? midnight : value.end });
  };
  const preset = (id: string) => {
    if (id === "endOfDay" && until) onChange({ ...value, mode: until.id, end: midnight });
    else onChange({ ...value, mode: rangeMode(modes, value.mode), range: id });
  };
  const chosen =
    takes === "instant"
      ? value.end === midnight && "endOfDay"
      : value.range.trim().replace(" ", "");

  return (
    <div className={styles.duration} role="group" aria-label={label}>
      {!hideLabel && <span className={styles.label}>{label}</span>}
      {modes.length > 1 && (
        <SegmentedControl label={label} segments={modes} value={value.mode} onChange={choose} />
      )}
      {takes !== "nothing" && (
        <>
          <SegmentedControl
            label="Usual durations"
            segments={PRESETS.filter(({ id }) => id !== "endOfDay" || until)}
            value={PRESETS.find(({ id }) => id === chosen)?.id ?? null}
            onChange={preset}
          />
          <div className={styles.exact} data-field="duration">
            {takes === "range" ? (
              <TextField
                label="Other duration"
                hideLabel
                mono
                className={styles.range}
                placeholder="3d"
                value={value.range}
                onChange={(range) => onChange({ ...value, range })}
                isInvalid={problem !== undefined}
                aria-describedby={noteId}
              />
            ) : (
              <InstantField
                label="End"
                hideLabel
                className={styles.end}
                value={value.end}
                onChange={(end) => onChange({ ...value, end })}
                isInvalid={problem !== undefined}
              />
            )}
            <p
              id={noteId}
              className={problem === undefined ? styles.note : styles.wrong}
              role="status"
            >
              {problem === undefined ? note : <CodeText text={problem} />}
            </p>
          </div>
        </>
      )}
    </div>
  );
}

/** The mode of ranges to be in after a usual range was chosen. */
function rangeMode<Id extends string>(modes: readonly DurationMode<Id>[], current: Id): Id {
  const now = modes.find(({ id }) => id === current);
  const first = modes.find(({ takes }) => takes === "range");
  return now?.takes === "range" ? current : (first?.id ?? current);
}

function endOfDay(): string {
  return new Date(nextMidnight(Date.now())).toISOString();
}
