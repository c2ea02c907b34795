import { useId, type ReactNode } from "react";
import { classes } from "../../lib/classes";
import { formatCount } from "../../lib/numbers";
import styles from "./Card.module.css";

export interface CardProps {
  title?: string;
  count?: number | undefined;
  /** A few words after the title. */
  aside?: ReactNode;
  /** Small buttons at the end of the title's line. */
  actions?: ReactNode;
  /** `flush` lets rows reach the edges; `padded` is for text. */
  inset?: "flush" | "padded";
  children: ReactNode;
  className?: string | undefined;
}

/** A box of things that belong together, with its name. */
export function Card({
  title,
  count,
  aside,
  actions,
  inset = "flush",
  children,
  className,
}: CardProps) {
  const id = useId();
  return (
    <section
      className={classes(styles.card, className)}
      {...(title === undefined ? {} : { "aria-labelledby": id })}
    >
      {title !== undefined && (
        <header className={styles.header}>
          <h2 id={id} className={styles.title}>
            {title}
          </h2>
          {count !== undefined && <span className="faint num">{formatCount(count)}</span>}
          {aside && <span className={classes("muted", styles.aside)}>{aside}</span>}
          {actions && <span className={styles.actions}>{actions}</span>}
        </header>
      )}
      <div className={styles[inset]}>{children}</div>
    </section>
  );
}

/** One line of a card. */
export function CardRow({
  children,
  className,
}: {
  children: ReactNode;
  className?: string | undefined;
}) {
  return <div className={classes(styles.row, className)}>{children}</div>;
}
