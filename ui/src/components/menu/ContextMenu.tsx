import { useRef } from "react";
import { Popover } from "react-aria-components/Popover";
import { classes } from "../../lib/classes";
import styles from "../list/list.module.css";
import { MenuItems, type MenuEntry } from "./MenuItems";

/** A place in the window, in CSS pixels. */
export interface Place {
  x: number;
  y: number;
  /** The height of what the menu is about, which it does not cover. */
  height?: number;
}

export interface ContextMenuProps {
  label: string;
  /** Where it opens; null while it is closed. */
  at: Place | null;
  onClose: () => void;
  entries: readonly MenuEntry[];
}

/** The acts on one thing, opened by the right mouse button or Shift+F10. */
export function ContextMenu({ label, at, onClose, entries }: ContextMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span
        ref={anchor}
        aria-hidden="true"
        style={{
          position: "fixed",
          left: at?.x ?? 0,
          top: at?.y ?? 0,
          width: 1,
          height: at?.height ?? 1,
        }}
      />
      <Popover
        className={classes(styles.popover)}
        triggerRef={anchor}
        isOpen={at !== null}
        onOpenChange={(isOpen) => {
          if (!isOpen) onClose();
        }}
        placement="bottom start"
        offset={2}
      >
        <MenuItems
          autoFocus
          label={label}
          entries={entries.map((entry) => closing(entry, onClose))}
        />
      </Popover>
    </>
  );
}

function closing(entry: MenuEntry, onClose: () => void): MenuEntry {
  if (entry === "separator") return entry;
  const { onAction } = entry;
  return {
    ...entry,
    onAction: () => {
      onClose();
      onAction();
    },
  };
}
