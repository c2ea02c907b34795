import type { ReactNode } from "react";
import { classes } from "../../lib/classes";
import { formatCount } from "../../lib/numbers";
import { Skeleton } from "../state/Skeleton";
import styles from "./Page.module.css";

export interface PageHeaderProps {
  title: string;
  /** The way here, a `Breadcrumb`. */
  above?: ReactNode;
  /** How many there are, beside the title. */
  count?: number | undefined;
  /** Chips and a few words after the title. */
  aside?: ReactNode;
  /** Buttons at the end, the most important last. */
  actions?: ReactNode;
  /** A line below, where no tabs or filters follow. */
  ruled?: boolean;
}

/**
 * The page's name and its acts. The name takes the focus when the page is reached, and is the title
 * of the window.
 */
export function PageHeader({
  title,
  above,
  count,
  aside,
  actions,
  ruled = false,
}: PageHeaderProps) {
  return (
    <header className={classes(styles.header, ruled && styles.ruled)}>
      <title>{`${title} · Reeve`}</title>
      {above}
      <h1 className={styles.title} tabIndex={-1}>
        {title}
      </h1>
      {count !== undefined && <span className="faint num">{formatCount(count)}</span>}
      {aside && <div className={styles.aside}>{aside}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}

/**
 * Stands in for the page's name while that is under way, so that nothing moves when it comes. It is
 * no heading: the focus waits for the real one.
 */
export function WaitingHeader({ above }: { above: ReactNode }) {
  return (
    <header className={classes(styles.header, styles.ruled)}>
      {above}
      <Skeleton width="150px" />
    </header>
  );
}

/** The line of filters below a page's name. */
export function FilterBar({ children }: { children: ReactNode }) {
  return <div className={styles.filters}>{children}</div>;
}

/** A page: takes the whole room, and scrolls inside where its parts do not. */
export function Page({ children, scrolls = false }: { children: ReactNode; scrolls?: boolean }) {
  return <div className={classes(styles.page, scrolls && styles.scrolls)}>{children}</div>;
}

/** What the page is about, and beside it a pane of 372 pixels that says what it means. */
export function SplitPage({
  children,
  side,
  sideLabel,
}: {
  children: ReactNode;
  side: ReactNode;
  sideLabel: string;
}) {
  return (
    <div className={styles.split}>
      <div className={styles.main}>{children}</div>
      <aside className={styles.side} aria-label={sideLabel}>
        {side}
      </aside>
    </div>
  );
}
