import { parseAbsolute } from "@internationalized/date";
import { DateField, DateInput, DateSegment } from "react-aria-components/DateField";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { classes } from "../../lib/classes";
import { localTimeZone } from "../../lib/time";
import { FieldLabel, FieldNotes, type FieldFrame } from "../field/FieldParts";
import fieldStyles from "../field/field.module.css";
import styles from "./InstantField.module.css";

export interface InstantFieldProps extends FieldFrame {
  /** As an RFC 3339 text. */
  value: string;
  /** Given an RFC 3339 text in UTC. Not called while a part is empty. */
  onChange: (instant: string) => void;
}

/**
 * An instant to the minute, in the time zone of this machine. Each part is typed or stepped with the
 * arrow keys.
 */
export function InstantField({
  label,
  hideLabel,
  description,
  error,
  isInvalid = Boolean(error),
  className,
  value,
  onChange,
}: InstantFieldProps) {
  return (
    // The order of day, month and year is the one that every date in the program has.
    <I18nProvider locale="en-GB">
      <DateField
        granularity="minute"
        hourCycle={24}
        shouldForceLeadingZeros
        value={parseAbsolute(value, localTimeZone())}
        onChange={(next) => {
          if (next) onChange(next.toDate().toISOString());
        }}
        isInvalid={isInvalid}
        className={classes(fieldStyles.field, className)}
      >
        <FieldLabel label={label} hideLabel={hideLabel} />
        <DateInput className={classes(fieldStyles.box, styles.parts)}>
          {(part) => <DateSegment segment={part} className={classes(styles.part)} />}
        </DateInput>
        <FieldNotes description={description} error={error} />
      </DateField>
    </I18nProvider>
  );
}
