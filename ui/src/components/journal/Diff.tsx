import { classes } from "../../lib/classes";
import { diffLines, type DiffLine } from "./diffLines";
import styles from "./Journal.module.css";

/** Two states of one thing side by side; the lines that changed are marked. */
export function Diff({ before, after }: { before: string | null; after: string | null }) {
  if (before === null && after === null) {
    return <p className="muted">Nothing was kept of what this changed.</p>;
  }
  const lines = diffLines(before, after);
  return (
    <table className={styles.diff}>
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
        {before === null || after === null ? (
          <OneSide before={before} lines={lines} />
        ) : (
          lines.map((line, place) => (
            <tr key={place}>
              <Side line={line} which="before" />
              <Side line={line} which="after" />
            </tr>
          ))
        )}
      </tbody>
    </table>
  );
}

/** Where there was nothing on one side, a word stands there instead of empty lines. */
function OneSide({ before, lines }: { before: string | null; lines: readonly DiffLine[] }) {
  const made = before === null;
  const word = (
    <td colSpan={2} rowSpan={lines.length} className={styles.nothing}>
      {made ? "did not exist" : "does not exist any more"}
    </td>
  );
  return lines.map((line, place) => (
    <tr key={place}>
      {made && place === 0 && word}
      <Side line={line} which={made ? "after" : "before"} />
      {!made && place === 0 && word}
    </tr>
  ));
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
