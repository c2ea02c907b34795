import type { When } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { InstantField } from "../../components/datetime/InstantField";
import { SegmentedControl } from "../../components/segmented/SegmentedControl";
import { useTimedText } from "../../components/timed/useTimedText";
import { ago, DAY, HOUR, MINUTE, remaining } from "../../lib/time";
import styles from "./form.module.css";
import screenStyles from "./screen.module.css";

const KINDS = [
  { id: "now", label: "Now" },
  { id: "at", label: "At…" },
  { id: "afterTimed", label: "After all timed access" },
] as const;
const AHEAD = [
  { label: "+1\u00a0h", span: HOUR },
  { label: "+2\u00a0h", span: 2 * HOUR },
  { label: "+8\u00a0h", span: 8 * HOUR },
  { label: "+1\u00a0d", span: DAY },
  { label: "+1\u00a0w", span: 7 * DAY },
];

export interface WhenFieldProps {
  when: When;
  onChange: (when: When) => void;
  error: string | undefined;
  /** Left out where everybody is asked about at once. */
  asksAfterTimed?: boolean;
}

/** For which instant the question is asked. */
export function WhenField({ when, onChange, error, asksAfterTimed = true }: WhenFieldProps) {
  return (
    <div className={styles.when}>
      <span className={styles.label}>When</span>
      <SegmentedControl
        label="When"
        fill
        segments={asksAfterTimed ? KINDS : KINDS.filter(({ id }) => id !== "afterTimed")}
        value={when.kind === "afterTimed" && !asksAfterTimed ? "now" : when.kind}
        onChange={(kind) => onChange(kind === "at" ? inFuture(HOUR) : { kind })}
      />
      {when.kind === "at" && (
        <>
          <InstantField
            label="Instant"
            hideLabel
            value={when.instant}
            onChange={(instant) => onChange({ kind: "at", instant })}
            description={<Distance key={when.instant} instant={when.instant} />}
            error={error}
          />
          <div className={styles.ahead} role="group" aria-label="From now">
            {AHEAD.map(({ label, span }) => (
              <Button key={label} size="small" onPress={() => onChange(inFuture(span))}>
                {label}
              </Button>
            ))}
          </div>
        </>
      )}
      {error !== undefined && when.kind !== "at" && <p className={screenStyles.wrong}>{error}</p>}
    </div>
  );
}

/** How far an instant is from now, either way. */
function Distance({ instant }: { instant: string }) {
  const at = Date.parse(instant);
  return useTimedText((now) => (at > now ? remaining(at, now) : ago(at, now)));
}

/** The first whole minute after `span` from now. */
function inFuture(span: number): When {
  const at = Math.ceil((Date.now() + span) / MINUTE) * MINUTE;
  return { kind: "at", instant: new Date(at).toISOString() };
}
