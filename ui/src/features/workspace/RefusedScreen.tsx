import { FileWarning } from "lucide-react";
import type { WorkspaceRefusal } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { Toasts } from "../../components/toast/Toasts";
import { useWorkspaceDeeds } from "./useWorkspaceDeeds";
import styles from "./RefusedScreen.module.css";

/** Stands in place of everything when the workspace cannot be opened. Its file was not touched. */
export default function RefusedScreen({ refusal }: { refusal: WorkspaceRefusal }) {
  const deeds = useWorkspaceDeeds(refusal);
  return (
    <main className={styles.screen}>
      <div className={styles.box}>
        <FileWarning size={24} strokeWidth={1.5} className={styles.icon} aria-hidden="true" />
        <h1 className={styles.title}>The workspace did not open</h1>
        <p role="alert">{refusal.sentence}</p>
        <p className="muted">{refusal.hint}</p>
        <p className={`mono faint ${styles.path ?? ""}`}>{refusal.path}</p>
        <div className={styles.deeds}>
          {deeds.map(({ id, label, icon, onAction }, index) => (
            <Button
              key={id}
              icon={icon}
              variant={index === 0 ? "primary" : "secondary"}
              onPress={onAction}
            >
              {label}
            </Button>
          ))}
        </div>
      </div>
      <Toasts />
    </main>
  );
}
