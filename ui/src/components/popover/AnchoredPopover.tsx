import type { ReactNode } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { classes } from "../../lib/classes";
import listStyles from "../list/list.module.css";
import styles from "./Popover.module.css";

export interface AnchoredPopoverProps {
  label: string;
  /** The element it belongs to; null while it is closed. */
  anchor: Element | null;
  onClose: () => void;
  children: ReactNode;
}

/** A small surface beside any element: for tables, whose rows hold no state of their own. */
export function AnchoredPopover({ label, anchor, onClose, children }: AnchoredPopoverProps) {
  return (
    <Popover
      className={classes(listStyles.popover)}
      triggerRef={{ current: anchor }}
      isOpen={anchor !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      placement="bottom start"
      offset={4}
    >
      <Dialog aria-label={label} className={classes(styles.content)}>
        {children}
      </Dialog>
    </Popover>
  );
}
