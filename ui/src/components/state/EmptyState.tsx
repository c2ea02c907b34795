import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./state.module.css";

export interface EmptyStateProps {
  icon?: LucideIcon;
  title: string;
  /** One line: why it is empty. */
  children?: ReactNode;
  /** One act: what to do about it. */
  action?: ReactNode;
}

/** Stands where rows would. "Nothing yet" and "nothing matches" need different words. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      {Icon && <Icon size={22} strokeWidth={1.5} className={styles.icon} aria-hidden="true" />}
      <p className={styles.title}>{title}</p>
      {children && <p className={styles.line}>{children}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
