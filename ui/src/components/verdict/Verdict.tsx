import { Ban, Check, CircleHelp, Contrast, TriangleAlert, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "../../lib/classes";
import styles from "./Verdict.module.css";

export type VerdictTone = "allow" | "forbid" | "conditional" | "unknown" | "failure";

export interface VerdictProps {
  tone: VerdictTone;
  /** The answer in a few words: "Allowed until 05:14 UTC (3 h 59 m)". */
  headline: ReactNode;
  /** The answer as a sentence. */
  children?: ReactNode;
  /** Small buttons beside the headline. */
  actions?: ReactNode;
}

const ICONS: Record<VerdictTone, LucideIcon> = {
  allow: Check,
  forbid: Ban,
  conditional: Contrast,
  unknown: CircleHelp,
  failure: TriangleAlert,
};

/** The answer to a question about access. Read out when it changes. */
export function Verdict({ tone, headline, children, actions }: VerdictProps) {
  const Icon = ICONS[tone];
  return (
    <div className={classes(styles.verdict, styles[tone])}>
      <div className={styles.words} role="status">
        <p className={styles.headline}>
          <Icon size={17} strokeWidth={2.25} aria-hidden="true" />
          {headline}
        </p>
        {children && <p className={styles.sentence}>{children}</p>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
