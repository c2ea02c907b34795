import { X } from "lucide-react";
import { Button as AriaButton } from "react-aria-components/Button";
import type { ReactNode } from "react";
import { classes } from "../../lib/classes";
import styles from "./filter.module.css";

/** A filter that is set. */
export interface SetFilter {
  id: string;
  /** What it asks for: "Role: Developer". */
  label: string;
  onRemove: () => void;
}

export interface FilterChipsProps {
  filters: readonly SetFilter[];
  /** Acts on all of them, after the last. */
  children?: ReactNode;
}

/** The filters that are set, each to be taken back alone. */
export function FilterChips({ filters, children }: FilterChipsProps) {
  if (filters.length === 0) return null;
  return (
    <div role="group" aria-label="Filters" className={styles.chips}>
      {filters.map(({ id, label, onRemove }) => (
        <AriaButton
          key={id}
          className={classes(styles.chip)}
          aria-label={`Remove the filter ${label}`}
          onPress={onRemove}
        >
          <span className={styles.chipText} title={label}>
            {label}
          </span>
          <X size={11} strokeWidth={2.5} aria-hidden="true" />
        </AriaButton>
      ))}
      {children}
    </div>
  );
}
