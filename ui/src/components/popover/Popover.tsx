import type { ReactNode } from "react";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { Popover as AriaPopover } from "react-aria-components/Popover";
import { classes } from "../../lib/classes";
import listStyles from "../list/list.module.css";
import styles from "./Popover.module.css";

export interface PopoverProps {
  /** The control that opens it: a `Button` or an `IconButton`. */
  trigger: ReactNode;
  label: string;
  placement?: "bottom start" | "bottom end" | "top start" | "top end";
  width?: number;
  /** Given `close`, to end it after an act. */
  children: ReactNode | ((close: () => void) => ReactNode);
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}

/** A small surface beside its control: filters, a short form, details. Esc closes it. */
export function Popover({
  trigger,
  label,
  placement = "bottom start",
  width,
  children,
  ...state
}: PopoverProps) {
  return (
    <DialogTrigger {...state}>
      {trigger}
      <AriaPopover
        className={classes(listStyles.popover)}
        placement={placement}
        offset={4}
        {...(width === undefined ? {} : { style: { width } })}
      >
        <Dialog aria-label={label} className={classes(styles.content)}>
          {({ close }) => <>{typeof children === "function" ? children(close) : children}</>}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
