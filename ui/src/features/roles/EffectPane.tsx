import { Link } from "@tanstack/react-router";
import { Equal } from "lucide-react";
import type { AffectedHolders, RoleDetail } from "../../api/generated/commands";
import { ChangeList } from "../../components/effect/ChangeList";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { CodeText } from "../../components/text/CodeText";
import { classes } from "../../lib/classes";
import { formatCount, formatQuantity } from "../../lib/numbers";
import { useEffectOf } from "./useEffectOf";
import type { RoleEditing } from "./useRoleEditing";
import styles from "./roles.module.css";

/** What the edit means: how the rules differ from the saved ones, and which holders gain or lose what. */
export function EffectPane({ role, editing }: { role: RoleDetail; editing: RoleEditing }) {
  const { answer, isCurrent, error } = useEffectOf(role.id, role.revision, editing.text);
  if (error && !answer) return <ErrorState message={error.message} hint={error.hint} />;
  if (!answer) return <SkeletonRows label="the effect" rows={5} />;
  const { changes, affected, holders, leftOut, limits } = answer;
  const count = affected.reduce((sum, group) => sum + group.count, 0);
  return (
    <div className={classes(styles.effect, !isCurrent && styles.stale)} aria-busy={!isCurrent}>
      <p className={styles.status} role="status">
        {isCurrent ? answer.verdict : "Working out what the last edit means…"}
      </p>
      {error && <ErrorState look="bar" message={error.message} hint={error.hint} />}
      <section className={styles.part}>
        <h3 className={styles.small}>The role itself</h3>
        {changes.length === 0 ? (
          <p className={styles.none}>
            <Equal size={13} aria-hidden="true" /> Allows what the saved role allows.
          </p>
        ) : (
          <ChangeList changes={changes} />
        )}
        {limits.length > 0 && (
          <div className={styles.doubtfulBlock}>
            Not everything could be looked at:
            <ul className={styles.pitfalls}>
              {limits.slice(0, 5).map((limit) => (
                <li key={limit}>
                  <CodeText text={limit} />
                </li>
              ))}
            </ul>
          </div>
        )}
      </section>
      <section className={styles.part}>
        <h3 className={styles.small}>Who gains or loses</h3>
        {!editing.isEdited ? (
          <p className={styles.quiet}>Nothing is edited yet.</p>
        ) : count === 0 ? (
          <p className={styles.none}>
            <Equal size={13} aria-hidden="true" />{" "}
            {holders === 0
              ? "Nobody holds the role now."
              : `None of ${formatQuantity(holders, "holder")}: other access covers it all.`}
          </p>
        ) : (
          <p>
            <b className="strong">
              <span className="num">{formatCount(count)}</span> of{" "}
              <span className="num">{formatCount(holders)}</span>
            </b>{" "}
            who hold the role now, directly or through a group.
          </p>
        )}
        {leftOut > 0 && (
          <p className={styles.doubtfulBlock}>
            {formatQuantity(leftOut, "holder")} could not be looked at in time.
          </p>
        )}
        {affected.map((group, at) => (
          <Group key={at} group={group} />
        ))}
      </section>
    </div>
  );
}

function Group({ group: { members, count, changes, changeCount } }: { group: AffectedHolders }) {
  return (
    <div className={styles.group}>
      <p className={styles.groupMembers}>
        {members.map(({ id, name }, at) => (
          <span key={id}>
            {at > 0 && ", "}
            <Link to="/members/$member" params={{ member: id }}>
              {name}
            </Link>
          </span>
        ))}
        {count > members.length && (
          <span className="faint"> and {formatCount(count - members.length)} more</span>
        )}
      </p>
      <ChangeList changes={changes} />
      {changeCount > changes.length && (
        <p className="faint">and {formatQuantity(changeCount - changes.length, "more change")}</p>
      )}
    </div>
  );
}
