import { classes } from "../../lib/classes";
import { formatCount } from "../../lib/numbers";
import { CodeText } from "../text/CodeText";
import styles from "./rules.module.css";
import type { RuleReach } from "./types";

/** Which folders a condition on a path covers, and which it just misses. */
export function ReachLine({ reach }: { reach: RuleReach | undefined }) {
  if (!reach) return null;
  if (reach.unknown !== null) {
    return (
      <p className={styles.reach}>
        Which folders it matches cannot be told: <CodeText text={reach.unknown} />
      </p>
    );
  }
  const { matching, folders, examples, nearMisses } = reach;
  return (
    <p className={classes(styles.reach, matching === 0 && styles.doubt)}>
      Matches <span className="num">{formatCount(matching)}</span> of{" "}
      <span className="num">{formatCount(folders)}</span> folders
      {examples.length > 0 && (
        <>
          : <Paths paths={examples} />
          {matching > examples.length && <span className="mono">, …</span>}
        </>
      )}
      {nearMisses.length > 0 && (
        <>
          {" · just misses "}
          <Paths paths={nearMisses} />
        </>
      )}
    </p>
  );
}

function Paths({ paths }: { paths: readonly string[] }) {
  return <span className="mono">{paths.join(", ")}</span>;
}
