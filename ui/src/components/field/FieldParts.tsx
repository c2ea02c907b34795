import type { ReactNode } from "react";
import { FieldError } from "react-aria-components/TextField";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { CircleAlert } from "lucide-react";
import { classes } from "../../lib/classes";
import styles from "./field.module.css";

/** What every field has: a name, a word of explanation, and what is wrong with its value. */
export interface FieldFrame {
  label: string;
  /** Hides the label from sight only; a screen reader still says it. */
  hideLabel?: boolean | undefined;
  description?: ReactNode;
  /** What is wrong with the value, shown in place of the description. */
  error?: ReactNode;
  /** Marks the value as wrong where `error` is said elsewhere. */
  isInvalid?: boolean | undefined;
  className?: string | undefined;
}

export function FieldLabel({ label, hideLabel }: Pick<FieldFrame, "label" | "hideLabel">) {
  return <Label className={classes(hideLabel ? "visually-hidden" : styles.label)}>{label}</Label>;
}

export function FieldNotes({ description, error }: Pick<FieldFrame, "description" | "error">) {
  return (
    <>
      {description !== undefined && !error && (
        <Text slot="description" className={classes(styles.description)}>
          {description}
        </Text>
      )}
      {error && (
        <FieldError className={classes(styles.error)}>
          <CircleAlert size={13} className={styles.errorIcon} />
          <span>{error}</span>
        </FieldError>
      )}
    </>
  );
}
