import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../components/button/Button";
import { Logo } from "../../components/logo/Logo";
import { Toasts } from "../../components/toast/Toasts";
import styles from "./Threshold.module.css";

export interface ThresholdProps {
  icon: LucideIcon;
  title: string;
  children: ReactNode;
  /** The ways on, the likeliest first. */
  ways: readonly {
    id: string;
    label: string;
    icon: LucideIcon;
    onAction: () => void;
    isPending?: boolean;
  }[];
}

/** Stands in place of everything while no project is open: why, and how to go on. */
export function Threshold({ icon: Icon, title, children, ways }: ThresholdProps) {
  return (
    <div className={styles.screen}>
      <header className={styles.top}>
        <Logo />
        Reeve
      </header>
      <main className={styles.main}>
        <div className={styles.box}>
          <Icon size={22} strokeWidth={1.5} className={styles.icon} aria-hidden="true" />
          <h1 className={styles.title}>{title}</h1>
          {children}
          <div className={styles.ways}>
            {ways.map(({ id, label, icon, onAction, isPending = false }, place) => (
              <Button
                key={id}
                icon={icon}
                variant={place === 0 ? "primary" : "secondary"}
                autoFocus={place === 0}
                onPress={onAction}
                isPending={isPending}
              >
                {label}
              </Button>
            ))}
          </div>
        </div>
      </main>
      <Toasts />
    </div>
  );
}
