import { shortcutKeys } from "../../lib/keys";
import { classes } from "../../lib/classes";
import styles from "./Kbd.module.css";

export interface KbdProps {
  /** A shortcut such as "Ctrl+K". */
  keys: string;
  /** `plain` has no border: for menus and on coloured buttons. */
  look?: "boxed" | "plain";
  className?: string | undefined;
}

/** A shortcut as it is printed on the keyboard. Hidden from screen readers: the control says it. */
export function Kbd({ keys, look = "boxed", className }: KbdProps) {
  return (
    <kbd className={classes(styles.kbd, styles[look], className)} aria-hidden="true">
      {shortcutKeys(keys).join(" ")}
    </kbd>
  );
}
