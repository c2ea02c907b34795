import { ArrowLeftRight } from "lucide-react";
import { Button } from "../../components/button/Button";
import { InstantField } from "../../components/datetime/InstantField";
import styles from "./timeline.module.css";

export interface RangeFieldsProps {
  /** As RFC 3339 texts. */
  from: string;
  to: string;
  onChange: (from: string, to: string) => void;
}

/** A range of one's own. One that is turned round can be turned back. */
export function RangeFields({ from, to, onChange }: RangeFieldsProps) {
  const isTurned = Date.parse(from) > Date.parse(to);
  const isEmpty = Date.parse(from) === Date.parse(to);
  const error = isTurned
    ? "This is before the beginning"
    : isEmpty
      ? "This is the beginning; choose a later end"
      : undefined;
  return (
    <div className={styles.custom} role="group" aria-label="Range">
      <InstantField label="From" value={from} onChange={(next) => onChange(next, to)} />
      <InstantField label="To" value={to} onChange={(next) => onChange(from, next)} error={error} />
      {isTurned && (
        <Button size="small" icon={ArrowLeftRight} onPress={() => onChange(to, from)}>
          Turn it round
        </Button>
      )}
    </div>
  );
}
