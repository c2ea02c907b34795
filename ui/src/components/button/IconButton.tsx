import type { LucideIcon } from "lucide-react";
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
} from "react-aria-components/Button";
import { classes } from "../../lib/classes";
import { ariaShortcut } from "../../lib/keys";
import { Tooltip, type TooltipPlacement } from "../tooltip/Tooltip";
import { buttonClass, type ButtonSize, type ButtonVariant } from "./Button";
import styles from "./Button.module.css";

export interface IconButtonProps extends Omit<
  AriaButtonProps,
  "children" | "className" | "style" | "aria-label"
> {
  icon: LucideIcon;
  /** Its name: the tooltip and what a screen reader says. */
  label: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** The shortcut that does the same, shown in the tooltip. It is bound elsewhere. */
  kbd?: string | undefined;
  tooltipPlacement?: TooltipPlacement;
  className?: string | undefined;
}

/** A button whose only sign is an icon; its name shows on hover and focus. */
export function IconButton({
  icon: Icon,
  label,
  variant = "ghost",
  size = "medium",
  kbd,
  tooltipPlacement = "bottom",
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} kbd={kbd} placement={tooltipPlacement}>
      <AriaButton
        {...rest}
        {...(kbd ? { "aria-keyshortcuts": ariaShortcut(kbd) } : {})}
        aria-label={label}
        className={classes(buttonClass(variant, size), styles.icon, className)}
      >
        <Icon size={size === "small" ? 14 : 16} strokeWidth={1.75} />
      </AriaButton>
    </Tooltip>
  );
}
