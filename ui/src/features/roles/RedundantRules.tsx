import { useState } from "react";
import { Button } from "../../components/button/Button";
import { classes } from "../../lib/classes";
import { formatQuantity } from "../../lib/numbers";
import { useRedundant } from "./useRedundant";
import styles from "./roles.module.css";

export interface RedundantRulesProps {
  rules: string;
  /** How many there are. */
  count: number;
  /** What the rule at a place is called. */
  where: (place: number) => string;
  onGo: (place: number) => void;
}

/** With more rules than these the proof takes minutes and is made when it is asked for. */
const LIVE_MAX = 120;

/** Rules that could go without a change of meaning, proven against all others together. */
export function RedundantRules({ rules, count, where, onGo }: RedundantRulesProps) {
  const [asked, setAsked] = useState<string | null>(null);
  const isWanted = count <= LIVE_MAX || asked === rules;
  const { found, isCurrent, problem } = useRedundant(rules, isWanted);
  return (
    <section aria-busy={isWanted && !isCurrent}>
      <h3 className={styles.small}>Rules that say nothing new</h3>
      {problem !== null && <p className={styles.doubtful}>{problem}</p>}
      {!isCurrent && (
        <div className={styles.look}>
          {isWanted ? (
            <span className="faint" role="status">
              Proving each rule against all others…
            </span>
          ) : (
            <>
              <Button size="small" onPress={() => setAsked(rules)}>
                Look for them
              </Button>
              <span className="faint">
                With {formatQuantity(count, "rule")} the proof can take minutes.
              </span>
            </>
          )}
        </div>
      )}
      {found?.length === 0 && isCurrent && (
        <p className={styles.quiet}>None: leaving out any rule would change what is allowed.</p>
      )}
      {found && found.length > 0 && (
        <ul className={classes(styles.findingList, !isCurrent && styles.stale)}>
          {found.map(({ rule, why }) => (
            <li key={rule}>
              <button
                type="button"
                className={styles.finding}
                disabled={!isCurrent}
                onClick={() => onGo(rule)}
              >
                {why}
                <span className={styles.where}>{where(rule)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
