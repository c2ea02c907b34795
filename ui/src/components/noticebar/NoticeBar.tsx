import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./NoticeBar.module.css";

export interface NoticeBarProps {
  icon: LucideIcon;
  /** What there is to know, in a sentence. */
  children: ReactNode;
  /** What can be done about it. */
  action: ReactNode;
}

/** One line across the window about something that concerns every screen. */
export function NoticeBar({ icon: Icon, children, action }: NoticeBarProps) {
  return (
    <div className={styles.bar} role="status">
      <Icon size={15} className={styles.icon} aria-hidden="true" />
      <p>{children}</p>
      {action}
    </div>
  );
}
