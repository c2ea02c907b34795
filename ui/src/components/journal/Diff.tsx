import { classes } from "../../lib/classes";
import { diffLines, type DiffLine } from "./diffLines";
import styles from "./Journal.module.css";

/** Two states of one thing side by side; the lines that changed are marked. */
export function Diff({ before, after }: { before: string | null; after: string | null }) {
  if (before === null && after === null) {
    return <p className="muted">Nothing was kept of what this changed.</p>;
  }
  if (before === null)
    return <OneSide text={after ?? ""} title="After" note="did not exist before" />;
  if (after === null)
    return <OneSide text={before} title="Before" note="does not exist any more" />;
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
  text: string;
  title: string;
  /** Why there is no other side. */
  note: string;
}

/** Where there is nothing to compare with, the one state takes all the room and needs no marks. */
function OneSide({ text, title, note }: OneSideProps) {
  return (
    <table className={styles.diff}>
      <thead>
        <tr>
          <th scope="col">
            {title} <span className={styles.note}>{note}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td className={styles.alone}>{text}</td>
        </tr>
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
