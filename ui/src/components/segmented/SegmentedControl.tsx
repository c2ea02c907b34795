import type { LucideIcon } from "lucide-react";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { ToggleButtonGroup } from "react-aria-components/ToggleButtonGroup";
import { classes } from "../../lib/classes";
import { formatCount } from "../../lib/numbers";
import styles from "./SegmentedControl.module.css";

export interface Segment<Id extends string> {
  id: Id;
  label: string;
  icon?: LucideIcon;
  /** How many things stand behind this choice. */
  count?: number | undefined;
  /** Where the choice itself is a meaning: its colour once chosen. */
  tone?: "allow" | "forbid";
}

export interface SegmentedControlProps<Id extends string> {
  label: string;
  segments: readonly Segment<Id>[];
  /** Null while none is chosen, such as when a value typed by hand is none of them. */
  value: Id | null;
  onChange: (id: Id) => void;
  isDisabled?: boolean;
  /** Lets the segments share the width of their place. */
  fill?: boolean;
  size?: "small" | "medium";
}

/** One choice of a few, all in sight. A radio group to assistive technology. */
export function SegmentedControl<Id extends string>({
  label,
  segments,
  value,
  onChange,
  isDisabled = false,
  fill = false,
  size = "medium",
}: SegmentedControlProps<Id>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      className={classes(styles.group, styles[size], fill && styles.fill)}
      selectionMode="single"
      disallowEmptySelection
      isDisabled={isDisabled}
      selectedKeys={value === null ? [] : [value]}
      onSelectionChange={(keys) => {
        const chosen = segments.find(({ id }) => keys.has(id));
        if (chosen && chosen.id !== value) onChange(chosen.id);
      }}
    >
      {segments.map(({ id, label: text, icon: Icon, count, tone }) => (
        <ToggleButton key={id} id={id} className={classes(styles.segment, tone && styles[tone])}>
          {Icon && <Icon size={14} strokeWidth={1.75} />}
          {/* The bold twin keeps the width when the weight changes. */}
          <span className={styles.text} data-text={text}>
            {text}
          </span>
          {count !== undefined && <span className={styles.count}>{formatCount(count)}</span>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
