import { Minus, Plus, Replace } from "lucide-react";
import type { EffectChange } from "../../api/generated/commands";
import { CodeText } from "../../components/text/CodeText";
import styles from "./edits.module.css";
import signs from "./signs.module.css";

/** What becomes allowed and what no longer is, one box a line. */
export function Changes({ changes }: { changes: readonly EffectChange[] }) {
  return (
    <ul className={styles.changes}>
      {changes.map((change, index) => (
        <li key={index}>
          <ChangeLine change={change} />
        </li>
      ))}
    </ul>
  );
}

/** One difference: whether it gains or loses, what, and where. */
export function ChangeLine({ change }: { change: EffectChange }) {
  const { gains, transition, subject, actions, place } = change;
  const [Icon, tone] =
    gains === null
      ? ([Replace, signs.quiet] as const)
      : gains
        ? ([Plus, signs.yes] as const)
        : ([Minus, signs.no] as const);
  return (
    <span className={styles.change}>
      <Icon size={13} strokeWidth={2.5} className={tone} aria-hidden="true" />
      <span>
        <span className="visually-hidden">{transition}: </span>
        <span className="strong">
          {subject} · {actions.join(", ")}
        </span>{" "}
        <span className="muted">
          <CodeText text={place} />
          {gains === null && `, ${transition}`}
        </span>
      </span>
    </span>
  );
}
