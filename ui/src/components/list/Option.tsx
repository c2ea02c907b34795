import { Check, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { ListBoxItem } from "react-aria-components/ListBox";
import { classes } from "../../lib/classes";
import styles from "./list.module.css";

/** Something that can be chosen. */
export interface Option<Id extends string = string> {
  id: Id;
  /** What people read. */
  label: string;
  /** The wire name, in small type beside the label; it is searched too. */
  slug?: string | undefined;
  description?: string | undefined;
  icon?: LucideIcon | undefined;
  /** A picture before the label, such as an avatar. */
  picture?: ReactNode;
  /** For values that are code: environments, paths. */
  mono?: boolean | undefined;
}

/** One line of a list of options; `mark` shows the choice as a tick at its end or as a box before it. */
export function OptionItem({ option, mark = "tick" }: { option: Option; mark?: "tick" | "box" }) {
  const { icon: Icon } = option;
  return (
    <ListBoxItem
      id={option.id}
      textValue={option.slug ? `${option.label} ${option.slug}` : option.label}
      className={classes(styles.item)}
    >
      {mark === "box" && (
        <span className={styles.box}>
          <Check size={12} strokeWidth={3} />
        </span>
      )}
      {option.picture}
      {Icon && <Icon size={14} strokeWidth={1.75} className={styles.icon} />}
      <span className={styles.words}>
        <span className={classes(styles.label, option.mono && "mono")}>
          {option.label}{" "}
          {option.slug && <span className={classes("mono", styles.slug)}>{option.slug}</span>}
        </span>
        {option.description && <span className={styles.description}>{option.description}</span>}
      </span>
      {mark === "tick" && <Check size={14} className={styles.tick} />}
    </ListBoxItem>
  );
}

/** Whether an option is found by `text`: in its label, slug or description. */
export function optionMatches(option: Option, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const where = `${option.label} ${option.slug ?? ""} ${option.description ?? ""}`.toLowerCase();
  return words.every((word) => where.includes(word));
}
