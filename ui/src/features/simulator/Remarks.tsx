import { CircleAlert } from "lucide-react";
import type { FieldProblem } from "../../api/generated/commands";
import { CodeText } from "../../components/text/CodeText";
import styles from "./answer.module.css";

/** What is odd about the question; the answer is to the question as it was put. */
export function Remarks({
  remarks,
  onGoTo,
}: {
  remarks: readonly FieldProblem[];
  onGoTo: (field: string) => void;
}) {
  if (remarks.length === 0) return null;
  return (
    <ul className={styles.remarks} aria-label="About the question">
      {remarks.map(({ field, message }) => (
        <li key={field + message}>
          <button type="button" className={styles.goTo} onClick={() => onGoTo(field)}>
            <CircleAlert size={14} aria-hidden="true" />
            <span>
              <CodeText text={capital(message)} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
