import { CircleHelp } from "lucide-react";
import { classes } from "../../lib/classes";
import styles from "./state.module.css";

export interface UnseenNoteProps {
  unseen: readonly { what: string; consequence: string }[];
}

/** Says above an answer about access what could not be pulled, and what that means for it. */
export function UnseenNote({ unseen }: UnseenNoteProps) {
  if (unseen.length === 0) return null;
  return (
    <div className={classes(styles.bar, styles.unseen)} role="note">
      <CircleHelp size={15} className={styles.doubt} aria-hidden="true" />
      <div>
        <p className={styles.title}>Not everything is known; shown is what was pulled</p>
        <ul>
          {unseen.map(({ what, consequence }) => (
            <li key={what}>
              {what} could not be pulled. {consequence}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
