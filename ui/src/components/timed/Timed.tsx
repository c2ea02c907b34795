import { Clock3 } from "lucide-react";
import { ago, formatInstant, remaining } from "../../lib/time";
import { classes } from "../../lib/classes";
import { useTimedText } from "./useTimedText";
import styles from "./Timed.module.css";

export interface TimedProps {
  /** The end, as an RFC 3339 text or milliseconds since 1970. */
  end: string | number;
  /** `chip` for tables and cards, `text` within a sentence. */
  look?: "chip" | "text";
  timeZone?: string;
}

/** How long something timed still lasts ("in 3 h 12 m"), or how long ago it ended. Counts down. */
export function Timed({ end, look = "chip", timeZone }: TimedProps) {
  const at = toMillis(end);
  const text = useTimedText((now) => remaining(at, now, timeZone));
  const over = text.startsWith("ended");
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={formatInstant(at, timeZone)}
      className={classes(look === "chip" && styles.chip, look === "chip" && over && styles.over)}
    >
      {look === "chip" && <Clock3 size={12} aria-hidden="true" />}
      {text}
    </time>
  );
}

/** How long ago something was: "4 m ago". */
export function Ago({ at, timeZone }: { at: string | number; timeZone?: string }) {
  const instant = toMillis(at);
  const text = useTimedText((now) => ago(instant, now, timeZone));
  return (
    <time dateTime={new Date(instant).toISOString()} title={formatInstant(instant, timeZone)}>
      {text}
    </time>
  );
}

function toMillis(instant: string | number): number {
  return typeof instant === "number" ? instant : Date.parse(instant);
}
