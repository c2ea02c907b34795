import { Check } from "lucide-react";
import type { RemoteOperation } from "../../api/generated/commands";
import { formatCount } from "../../lib/numbers";
import styles from "./remote.module.css";

/** Every step of an operation with its count. */
export function Steps({ operation }: { operation: RemoteOperation }) {
  return (
    <div className={styles.steps} role="status" aria-label="Progress">
      {operation.steps.map(({ name, done, total }) => (
        <div key={name} className={styles.step}>
          {total !== null && done >= total ? (
            <Check size={14} className={styles.done} aria-label="done" />
          ) : (
            <span className={styles.running} aria-hidden="true" />
          )}
          <span>{name}</span>
          <span className="faint num">
            {total === null ? "" : `${formatCount(done)} / ${formatCount(total)}`}
          </span>
        </div>
      ))}
    </div>
  );
}
