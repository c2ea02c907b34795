import { Children, type ReactNode } from "react";
import styles from "./Breadcrumb.module.css";

/** The way here: links to what is above. The page's own heading follows it. */
export function Breadcrumb({ children }: { children: ReactNode }) {
  return (
    <nav aria-label="Breadcrumb" className={styles.breadcrumb}>
      <ol className={styles.list}>
        {Children.map(children, (child) => (
          <li className={styles.item}>
            {child}
            <span className={styles.slash} aria-hidden="true">
              /
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
