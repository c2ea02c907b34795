import type { LucideIcon } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { Group } from "react-aria-components/Group";
import { Input } from "react-aria-components/Input";
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from "react-aria-components/TextField";
import { classes } from "../../lib/classes";
import { FieldLabel, FieldNotes, type FieldFrame } from "./FieldParts";
import styles from "./field.module.css";

export interface TextFieldProps
  extends FieldFrame, Omit<AriaTextFieldProps, "children" | "className" | "style" | "isInvalid"> {
  placeholder?: string;
  icon?: LucideIcon;
  /** For slugs, paths and the like. */
  mono?: boolean;
  /** Something after the text: a unit, a button. */
  end?: ReactNode;
  inputRef?: Ref<HTMLInputElement>;
}

/** One line of text. */
export function TextField({
  label,
  hideLabel,
  description,
  error,
  isInvalid = Boolean(error),
  className,
  placeholder,
  icon: Icon,
  mono = false,
  end,
  inputRef,
  ...rest
}: TextFieldProps) {
  return (
    <AriaTextField {...rest} isInvalid={isInvalid} className={classes(styles.field, className)}>
      <FieldLabel label={label} hideLabel={hideLabel} />
      <Group className={classes(styles.box)} isInvalid={isInvalid}>
        {Icon && <Icon size={14} className={styles.icon} />}
        <Input
          {...(inputRef ? { ref: inputRef } : {})}
          {...(placeholder === undefined ? {} : { placeholder })}
          spellCheck={mono ? "false" : undefined}
          className={classes(styles.input, mono && styles.mono)}
        />
        {end}
      </Group>
      <FieldNotes description={description} error={error} />
    </AriaTextField>
  );
}
