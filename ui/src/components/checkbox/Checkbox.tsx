import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import {
  CheckboxButton,
  CheckboxField,
  type CheckboxFieldProps,
} from "react-aria-components/Checkbox";
import { Text } from "react-aria-components/Text";
import { classes } from "../../lib/classes";
import styles from "./Checkbox.module.css";

export interface CheckboxProps extends Omit<
  CheckboxFieldProps,
  "children" | "className" | "style"
> {
  children: ReactNode;
  description?: ReactNode;
  className?: string | undefined;
}

/** Yes, no, or some of both (`isIndeterminate`). */
export function Checkbox({ children, description, className, ...rest }: CheckboxProps) {
  return (
    <CheckboxField {...rest} className={classes(className)}>
      <CheckboxButton className={classes(styles.checkbox)}>
        {({ isIndeterminate }) => (
          <>
            <span className={styles.box}>
              {isIndeterminate ? (
                <Minus size={12} strokeWidth={3} />
              ) : (
                <Check size={12} strokeWidth={3} />
              )}
            </span>
            <span>{children}</span>
          </>
        )}
      </CheckboxButton>
      {description && (
        <Text slot="description" className={classes(styles.description)}>
          {description}
        </Text>
      )}
    </CheckboxField>
  );
}
