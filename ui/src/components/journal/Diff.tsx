import { classes } from "../../lib/classes";
import { diffLines, type DiffLine } from "./diffLines";
import styles from "./Journal.module.css";

/** Two states of one thing side by side; the lines that changed are marked. */
export function Diff({ before, after }: { before: string | null; after: string | null }) {
  if (before === null && after === null) {
    return <p className="muted">Nothing was kept of what this changed.</p>;
  }
  if (before === null) return <OneSide which="after" text={after} title="After" note="new" />;
  if (after === null) return <OneSide which="before" text={before} title="Before" note="removed" />;
  return (
    <table className={styles.diff}>
      <colgroup>
        <col className={styles.marks} />
        <col />
        <col className={styles.marks} />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" colSpan={2}>
            Before
          </th>
          <th scope="col" colSpan={2}>
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {diffLines(before, after).map((line, place) => (
          <tr key={place}>
            <Side line={line} which="before" />
            <Side line={line} which="after" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface OneSideProps {
  which: "before" | "after";
  text: string | null;
  title: string;
  /** Why there is no other side. */
  note: string;
}

/** Where there is nothing to compare with, the one state takes all the room. */
function OneSide({ which, text, title, note }: OneSideProps) {
  const lines = which === "before" ? diffLines(text, null) : diffLines(null, text);
  return (
    <table className={styles.diff}>
      <colgroup>
        <col className={styles.marks} />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" colSpan={2}>
            {title} <span className={styles.note}>{note}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, place) => (
          <tr key={place}>
            <Side line={line} which={which} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Side({ line, which }: { line: DiffLine; which: "before" | "after" }) {
  const text = line[which];
  const marked = line.changed && text !== null;
  const tone = marked && (which === "before" ? styles.removed : styles.added);
  return (
    <>
      <td className={classes(styles.mark, tone)}>
        {marked && (
          <>
            <span aria-hidden="true">{which === "before" ? "−" : "+"}</span>
            <span className="visually-hidden">{which === "before" ? "removed" : "added"}</span>
          </>
        )}
      </td>
      <td className={classes(styles.code, tone)}>{text}</td>
    </>
  );
}
