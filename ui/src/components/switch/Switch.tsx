import type { ReactNode } from "react";
import { SwitchButton, SwitchField, type SwitchFieldProps } from "react-aria-components/Switch";
import { Text } from "react-aria-components/Text";
import { classes } from "../../lib/classes";
import styles from "./Switch.module.css";

export interface SwitchProps extends Omit<SwitchFieldProps, "children" | "className" | "style"> {
  children: ReactNode;
  description?: ReactNode;
  className?: string | undefined;
}

/** Something that is on or off from the moment it is touched. */
export function Switch({ children, description, className, ...rest }: SwitchProps) {
  return (
    <SwitchField {...rest} className={classes(className)}>
      <SwitchButton className={classes(styles.switch)}>
        <span className={styles.track}>
          <span className={styles.thumb} />
        </span>
        <span>{children}</span>
      </SwitchButton>
      {description && (
        <Text slot="description" className={classes(styles.description)}>
          {description}
        </Text>
      )}
    </SwitchField>
  );
}
