import { CircleAlert } from "lucide-react";
import type { FieldProblem } from "../../api/generated/commands";
import { CodeText } from "../../components/text/CodeText";
import styles from "./answer.module.css";

/** What keeps the question from being answered, each with the way to its field. */
export function Incomplete({
  problems,
  onGoTo,
}: {
  problems: readonly FieldProblem[];
  onGoTo: (field: string) => void;
}) {
  return (
    <div className={styles.incomplete} role="status">
      <h2 className={styles.heading}>Still needed for an answer</h2>
      <ul>
        {problems.map(({ field, message }) => (
          <li key={field + message}>
            <button type="button" className={styles.goTo} onClick={() => onGoTo(field)}>
              <CircleAlert size={14} aria-hidden="true" />
              <span>
                <CodeText text={message} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
