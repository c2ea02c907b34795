import { Link } from "@tanstack/react-router";
import { Fragment, type ReactNode } from "react";
import { useRpc } from "../../api/queries";
import { Card } from "../../components/card/Card";
import styles from "./remote.module.css";

/** How many changes are listed; the history has them all. */
const SHOWN = 50;

/** What the last pull found changed on the server. */
export function ChangesCard() {
  const answer = useRpc("pull_changes", {});
  const changes = answer.data?.changes;
  if (!changes) return null;
  const rest = changes.lines.length - SHOWN;
  return (
    <Card
      title="Changed on the server"
      aside={changes.lines.length > 0 ? changes.summary : undefined}
    >
      {changes.lines.length === 0 && (
        <div className={styles.line}>
          <span className={styles.note}>{changes.summary}</span>
        </div>
      )}
      {changes.lines.slice(0, SHOWN).map(({ sentence, member, role }, place) => (
        <div key={place} className={styles.line}>
          <span>{inCode(sentence)}</span>
          {member ? (
            <Link to="/members/$member" params={{ member }}>
              Show
            </Link>
          ) : (
            role && (
              <Link to="/roles/$role" params={{ role }}>
                Show
              </Link>
            )
          )}
        </div>
      ))}
      {rest > 0 && (
        <div className={styles.line}>
          <span className="muted">and {rest} more, in the history</span>
        </div>
      )}
    </Card>
  );
}

/** Sets what stands between backticks apart. */
function inCode(text: string): ReactNode {
  return text
    .split("`")
    .map((part, place) =>
      place % 2 === 1 ? (
        <strong key={place}>{part}</strong>
      ) : (
        <Fragment key={place}>{part}</Fragment>
      ),
    );
}
