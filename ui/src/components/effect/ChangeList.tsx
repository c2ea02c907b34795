import { Equal, Minus, Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "../button/Button";
import { Chip } from "../chip/Chip";
import { CodeText } from "../text/CodeText";
import { formatQuantity } from "../../lib/numbers";
import styles from "./effect.module.css";

/** Requests whose answer changes in the same way, in words. */
export interface ChangeInWords {
  /** Whether they become allowed, or stop being so; null if neither. */
  gains: boolean | null;
  transition: string;
  subject: string;
  actions: readonly string[];
  place: string;
  witnesses: readonly string[];
}

export interface ChangeListProps {
  changes: readonly ChangeInWords[];
  /** How many are shown before somebody asks for more. */
  most?: number;
}

/** What opens and what closes, each with where and with a request that shows it. */
export function ChangeList({ changes, most = Infinity }: ChangeListProps) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? changes : changes.slice(0, most);
  return (
    <>
      <ul className={styles.changes}>
        {shown.map((change, at) => (
          <Change key={at} change={change} />
        ))}
      </ul>
      {changes.length > shown.length && (
        <div>
          <Button size="small" variant="ghost" onPress={() => setWhole(true)}>
            Show {formatQuantity(changes.length - shown.length, "more change")}
          </Button>
        </div>
      )}
    </>
  );
}

function Change({ change }: { change: ChangeInWords }) {
  const { gains, transition, subject, actions, place, witnesses } = change;
  return (
    <li className={styles.change}>
      <Chip
        tone={gains === null ? "neutral" : gains ? "allow" : "forbid"}
        icon={gains === null ? Equal : gains ? Plus : Minus}
      >
        {gains === null ? "differs" : gains ? "opens" : "closes"}
      </Chip>
      <div className={styles.words}>
        <p>
          <b className="strong">{actions.join(", ")}</b> on {subject}
        </p>
        <p>
          <CodeText text={place} />
        </p>
        {gains === null && <p className="muted">{transition}</p>}
        {witnesses[0] && place !== "everywhere" && (
          <p className={styles.witness}>
            such as <CodeText text={witnesses[0]} />
          </p>
        )}
      </div>
    </li>
  );
}
