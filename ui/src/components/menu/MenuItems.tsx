import { Check, type LucideIcon } from "lucide-react";
import { Menu, MenuItem } from "react-aria-components/Menu";
import { Separator } from "react-aria-components/Separator";
import { classes } from "../../lib/classes";
import { Kbd } from "../kbd/Kbd";
import styles from "../list/list.module.css";

/** Something a menu can do. */
export interface MenuAction {
  id: string;
  label: string;
  onAction: () => void;
  icon?: LucideIcon;
  description?: string;
  /** The shortcut that does the same. It is bound elsewhere. */
  kbd?: string;
  tone?: "danger";
  isDisabled?: boolean;
  /** For an act that chooses one of several: whether it is the chosen one. */
  isChecked?: boolean;
}

/** An act, or the line between two kinds of acts. */
export type MenuEntry = MenuAction | "separator";

/** The list inside a menu, whatever opened it. */
export function MenuItems({
  label,
  entries,
  autoFocus = false,
}: {
  label: string;
  entries: readonly MenuEntry[];
  /** Takes the focus when nothing else gives it. */
  autoFocus?: boolean;
}) {
  return (
    <Menu
      aria-label={label}
      {...(autoFocus ? { autoFocus: "first" as const } : {})}
      className={classes(styles.list)}
    >
      {entries.map((entry, index) =>
        entry === "separator" ? (
          <Separator key={`separator-${index}`} className={classes(styles.separator)} />
        ) : (
          <Item key={entry.id} action={entry} />
        ),
      )}
    </Menu>
  );
}

function Item({ action }: { action: MenuAction }) {
  const { icon: Icon } = action;
  return (
    <MenuItem
      id={action.id}
      textValue={action.label}
      isDisabled={action.isDisabled ?? false}
      onAction={action.onAction}
      className={classes(styles.item)}
      {...(action.tone === "danger" ? { "data-danger": "" } : {})}
    >
      {Icon && <Icon size={14} strokeWidth={1.75} className={styles.icon} />}
      <span className={styles.words}>
        <span className={styles.label}>{action.label}</span>
        {action.description && <span className={styles.description}>{action.description}</span>}
      </span>
      {action.isChecked && (
        <>
          <Check size={14} className={styles.chosen} aria-hidden="true" />
          <span className="visually-hidden">(chosen)</span>
        </>
      )}
      {action.kbd && <Kbd keys={action.kbd} look="plain" className={styles.kbd} />}
    </MenuItem>
  );
}
