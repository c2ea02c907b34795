import type { ReactNode } from "react";
import { Tooltip as AriaTooltip, TooltipTrigger } from "react-aria-components/Tooltip";
import { classes } from "../../lib/classes";
import { Kbd } from "../kbd/Kbd";
import styles from "./Tooltip.module.css";

export type TooltipPlacement = "top" | "bottom" | "left" | "right";

export interface TooltipProps {
  text: ReactNode;
  kbd?: string | undefined;
  placement?: TooltipPlacement;
  /** One control that can take the focus. */
  children: ReactNode;
}

/** Says more about one control, on hover and on focus. */
export function Tooltip({ text, kbd, placement = "bottom", children }: TooltipProps) {
  return (
    <TooltipTrigger delay={400} closeDelay={0}>
      {children}
      <AriaTooltip className={classes(styles.tooltip)} placement={placement} offset={5}>
        {text}
        {kbd && <Kbd keys={kbd} look="plain" className={styles.kbd} />}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
