import type { ReactNode } from "react";
import { MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { classes } from "../../lib/classes";
import styles from "../list/list.module.css";
import { MenuItems, type MenuEntry } from "./MenuItems";

export interface MenuProps {
  label: string;
  /** The control that opens it: a `Button` or an `IconButton`. */
  trigger: ReactNode;
  entries: readonly MenuEntry[];
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  placement?: "bottom start" | "bottom end" | "top start" | "top end";
}

/** Acts behind one button. */
export function Menu({ label, trigger, entries, placement = "bottom end", ...state }: MenuProps) {
  return (
    <MenuTrigger {...state}>
      {trigger}
      <Popover className={classes(styles.popover)} placement={placement} offset={4}>
        <MenuItems label={label} entries={entries} />
      </Popover>
    </MenuTrigger>
  );
}
