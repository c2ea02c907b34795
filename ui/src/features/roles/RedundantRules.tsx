import { useState } from "react";
import type { RedundantRule } from "../../api/generated/commands";
import { asRpcError } from "../../api/error";
import { rpc } from "../../api/rpc";
import { Button } from "../../components/button/Button";
import { errorToast } from "../../components/toast/toasts";
import styles from "./roles.module.css";

export interface RedundantRulesProps {
  rules: string;
  /** What the rule at a place is called. */
  where: (place: number) => string;
  onGo: (place: number) => void;
}

/** Looks, when asked, for rules that could go without a change of meaning. It is a proof and takes a while. */
export function RedundantRules({ rules, where, onGo }: RedundantRulesProps) {
  const [found, setFound] = useState<{ of: string; rules: readonly RedundantRule[] } | null>(null);
  const [isLooking, setLooking] = useState(false);
  const look = async () => {
    setLooking(true);
    try {
      const { redundant } = await rpc("redundant_rules", { rules });
      if (redundant) setFound({ of: rules, rules: redundant });
    } catch (thrown) {
      errorToast(asRpcError(thrown).message);
    } finally {
      setLooking(false);
    }
  };
  const isCurrent = found?.of === rules;
  return (
    <section>
      <h3 className={styles.small}>Rules that say nothing new</h3>
      {isCurrent ? (
        found.rules.length === 0 ? (
          <p className={styles.quiet}>None: leaving out any rule would change what is allowed.</p>
        ) : (
          <ul className={styles.findingList}>
            {found.rules.map(({ rule, why }) => (
              <li key={rule}>
                <button type="button" className={styles.finding} onClick={() => onGo(rule)}>
                  {why}
                  <span className={styles.where}>{where(rule)}</span>
                </button>
              </li>
            ))}
          </ul>
        )
      ) : (
        <div className={styles.look}>
          <Button size="small" isPending={isLooking} onPress={() => void look()}>
            {found ? "Look again" : "Look for them"}
          </Button>
          <span className="faint">Proven against all other rules together.</span>
        </div>
      )}
    </section>
  );
}
