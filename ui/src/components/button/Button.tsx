import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
} from "react-aria-components/Button";
import { classes } from "../../lib/classes";
import { ariaShortcut } from "../../lib/keys";
import { Kbd } from "../kbd/Kbd";
import styles from "./Button.module.css";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "small" | "medium";

export interface ButtonProps extends Omit<AriaButtonProps, "children" | "className" | "style"> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: LucideIcon;
  /** An icon after the words, such as the arrow of a menu. */
  endIcon?: LucideIcon;
  /** The shortcut that does the same, shown in the button. It is bound elsewhere. */
  kbd?: string | undefined;
  children: ReactNode;
  className?: string | undefined;
}

/** Does something. While `isPending` it keeps its place and its focus, and cannot be pressed. */
export function Button({
  variant = "secondary",
  size = "medium",
  icon: Icon,
  endIcon: EndIcon,
  kbd,
  children,
  className,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      {...(kbd ? { "aria-keyshortcuts": ariaShortcut(kbd) } : {})}
      className={classes(buttonClass(variant, size), className)}
    >
      {({ isPending }) => (
        <>
          {isPending ? <span className={styles.spinner} /> : Icon && <Icon size={14} />}
          <span className={styles.label}>{children}</span>
          {EndIcon && <EndIcon size={14} className={styles.end} />}
          {kbd && <Kbd keys={kbd} className={styles.kbd} />}
        </>
      )}
    </AriaButton>
  );
}

/** The look of a button for something that is a link. */
export function buttonClass(variant: ButtonVariant, size: ButtonSize = "medium"): string {
  return classes(styles.button, styles[variant], styles[size]);
}
