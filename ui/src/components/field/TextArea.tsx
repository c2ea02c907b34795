import { TextArea as AriaTextArea } from "react-aria-components/TextArea";
import { TextField, type TextFieldProps } from "react-aria-components/TextField";
import { classes } from "../../lib/classes";
import { FieldLabel, FieldNotes, type FieldFrame } from "./FieldParts";
import styles from "./field.module.css";

export interface TextAreaProps
  extends FieldFrame, Omit<TextFieldProps, "children" | "className" | "style" | "isInvalid"> {
  placeholder?: string;
  rows?: number;
  mono?: boolean;
}

/** Several lines of text. */
export function TextArea({
  label,
  hideLabel,
  description,
  error,
  className,
  placeholder,
  rows = 3,
  mono = false,
  ...rest
}: TextAreaProps) {
  return (
    <TextField {...rest} isInvalid={Boolean(error)} className={classes(styles.field, className)}>
      <FieldLabel label={label} hideLabel={hideLabel} />
      <AriaTextArea
        rows={rows}
        {...(placeholder === undefined ? {} : { placeholder })}
        className={classes(styles.area, mono && styles.mono)}
      />
      <FieldNotes description={description} error={error} />
    </TextField>
  );
}
