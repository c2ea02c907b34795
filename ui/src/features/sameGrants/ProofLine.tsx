import { CircleAlert, ShieldCheck } from "lucide-react";
import type { ProofView } from "../../api/generated/commands";
import { ChangeList } from "../../components/effect/ChangeList";
import { formatQuantity } from "../../lib/numbers";
import { formatInstant } from "../../lib/time";
import styles from "./sameGrants.module.css";

/** Whether anybody's access would change, and whose and how. */
export function ProofLine({ proof }: { proof: ProofView }) {
  const { holds, lookedAt, instants, changed, changedCount, trouble } = proof;
  if (holds) {
    return (
      <p className={styles.holds} role="status">
        <ShieldCheck size={15} aria-hidden="true" />
        Nobody&rsquo;s access changes: proven for {formatQuantity(lookedAt, "member")} over every
        request, now and{" "}
        {instants > 1 ? `at ${formatQuantity(instants - 1, "later end")}` : "later"}.
      </p>
    );
  }
  return (
    <div className={styles.fails} role="status">
      <p>
        <CircleAlert size={15} aria-hidden="true" />
        {changedCount > 0
          ? `It would change the access of ${formatQuantity(changedCount, "member")}, so it cannot be done.`
          : "It could not be proven that nobody's access changes, so it cannot be done."}
      </p>
      {trouble !== null && <p className="muted">{trouble}</p>}
      {changed.slice(0, 3).map(({ member, at, changes }) => (
        <div key={member.id}>
          <p className="strong">
            {member.name} <span className="faint">from {formatInstant(Date.parse(at))}</span>
          </p>
          <ChangeList changes={changes} />
        </div>
      ))}
    </div>
  );
}
