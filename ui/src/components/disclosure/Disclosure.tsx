import { ChevronRight } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { classes } from "../../lib/classes";
import styles from "./Disclosure.module.css";

export interface DisclosureProps {
  /** What the row says while it is closed too. No control may be in it. */
  summary: ReactNode;
  /** Controls at the end of the row. */
  actions?: ReactNode;
  /** What opens below the row. Built only while it is open. */
  children: ReactNode;
  /** Where it stands open, or not, at first. */
  startsOpen?: boolean;
  /** The id of the row's button, so that the focus can be brought to it. */
  buttonId?: string | undefined;
  className?: string | undefined;
}

/** A row that opens. Enter, Space or a click anywhere on its line. */
export function Disclosure({
  summary,
  actions,
  children,
  startsOpen = false,
  buttonId,
  className,
}: DisclosureProps) {
  const [isOpen, setOpen] = useState(startsOpen);
  const panel = useId();
  return (
    <div className={classes(styles.disclosure, className)} data-open={isOpen || undefined}>
      <div className={styles.row}>
        <button
          type="button"
          id={buttonId}
          className={styles.button}
          aria-expanded={isOpen}
          aria-controls={isOpen ? panel : undefined}
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronRight size={14} className={styles.arrow} aria-hidden="true" />
          {summary}
        </button>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {isOpen && (
        <div id={panel} className={styles.panel}>
          {children}
        </div>
      )}
    </div>
  );
}
