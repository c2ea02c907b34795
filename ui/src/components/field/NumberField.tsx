import { Minus, Plus } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { Group } from "react-aria-components/Group";
import { Input } from "react-aria-components/Input";
import {
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaNumberFieldProps,
} from "react-aria-components/NumberField";
import { classes } from "../../lib/classes";
import { FieldLabel, FieldNotes, type FieldFrame } from "./FieldParts";
import styles from "./field.module.css";

export interface NumberFieldProps
  extends FieldFrame, Omit<AriaNumberFieldProps, "children" | "className" | "style" | "isInvalid"> {
  /** What is counted, after the number. */
  unit?: string;
}

/** A number, typed or stepped with the arrow keys. */
export function NumberField({
  label,
  hideLabel,
  description,
  error,
  unit,
  className,
  ...rest
}: NumberFieldProps) {
  return (
    <AriaNumberField
      {...rest}
      isInvalid={Boolean(error)}
      className={classes(styles.field, className)}
    >
      <FieldLabel label={label} hideLabel={hideLabel} />
      <Group className={classes(styles.box)} isInvalid={Boolean(error)}>
        <Input className={classes(styles.input)} />
        {unit && <span className={styles.unit}>{unit}</span>}
        <span className={styles.steps}>
          <Button slot="decrement" className={classes(styles.step)}>
            <Minus size={12} />
          </Button>
          <Button slot="increment" className={classes(styles.step)}>
            <Plus size={12} />
          </Button>
        </span>
      </Group>
      <FieldNotes description={description} error={error} />
    </AriaNumberField>
  );
}
