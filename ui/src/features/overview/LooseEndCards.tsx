import { Link } from "@tanstack/react-router";
import { Check, MapPinOff } from "lucide-react";
import type { NowhereRow, OnlyTimedMember } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { Card } from "../../components/card/Card";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { Timed } from "../../components/timed/Timed";
import { CodeText } from "../../components/text/CodeText";
import { formatQuantity } from "../../lib/numbers";
import { RowAccess, RowMember } from "./parts";
import styles from "./OverviewScreen.module.css";
import { ShortList } from "./ShortList";

/** What hangs loose: who has timed roles only, rules about places that are gone, empty groups. */
export function LooseEndCards() {
  const { data, error, isPending, refetch } = useRpc("loose_ends", {});
  if (error) {
    return (
      <Card title="Loose ends">
        <ErrorState
          look="bar"
          message={error.message}
          hint={error.hint}
          onRetry={() => void refetch()}
        />
      </Card>
    );
  }
  if (isPending) {
    return (
      <Card title="Loose ends">
        <SkeletonRows label="loose ends" rows={6} />
      </Card>
    );
  }
  const { onlyTimed, onlyTimedCount, nowhere, nowhereCount, emptyGroups, emptyGroupCount } = data;
  const inOrder = [
    onlyTimedCount === 0 && "Every member with a role has a permanent one.",
    nowhereCount === 0 && "Every environment and folder that a rule names is there.",
    emptyGroupCount === 0 && "Somebody is in every group.",
  ].filter((words) => words !== false);
  return (
    <>
      {onlyTimedCount > 0 && <OnlyTimed count={onlyTimedCount} rows={onlyTimed} />}
      {nowhereCount > 0 && (
        <ShortList
          title="Rules about places that are gone"
          count={nowhereCount}
          rows={nowhere}
          rowKey={({ id }) => id}
          shownFirst={4}
        >
          {(row) => <Nowhere row={row} />}
        </ShortList>
      )}
      {emptyGroupCount > 0 && (
        <ShortList
          title="Groups without members"
          count={emptyGroupCount}
          rows={emptyGroups}
          rowKey={({ id }) => id}
          shownFirst={4}
        >
          {(group) => (
            <div className={styles.looseRow}>
              <RowMember member={group} />
              <span className="faint">nobody is in it</span>
            </div>
          )}
        </ShortList>
      )}
      {inOrder.length > 0 && (
        <Card title="In order">
          {inOrder.map((words) => (
            <p key={words} className={styles.inOrder}>
              <Check size={14} strokeWidth={2} aria-hidden="true" />
              {words}
            </p>
          ))}
        </Card>
      )}
    </>
  );
}

function OnlyTimed({ count, rows }: { count: number; rows: readonly OnlyTimedMember[] }) {
  return (
    <ShortList
      title="Only timed roles"
      count={count}
      rows={rows}
      rowKey={({ member }) => member.id}
      shownFirst={4}
      actions={
        <span className={styles.more}>
          <Link to="/members" search={{ facts: ["noPermanentRole"] }}>
            Without a permanent role
          </Link>
        </span>
      }
    >
      {({ member, until }) => (
        <div className={styles.looseRow}>
          <RowMember member={member} />
          <span className={styles.end}>
            {until === null ? <span className="muted">none counts</span> : <Timed end={until} />}
          </span>
        </div>
      )}
    </ShortList>
  );
}

function Nowhere({ row: { id, title, member, sentence, rules } }: { row: NowhereRow }) {
  return (
    <div className={styles.nowhereRow}>
      {member ? (
        <>
          <RowMember member={member} />
          <RowAccess what="privilege" title={title} slug={title} />
        </>
      ) : (
        <>
          <MapPinOff size={15} aria-hidden="true" className={styles.mark} />
          <Link to="/roles/$role" params={{ role: id }} className={styles.member} title={title}>
            {title}
          </Link>
          <RowAccess what="role" title="Role" slug="Role" />
        </>
      )}
      <span className={styles.why} title={sentence}>
        <CodeText text={sentence} />
        {rules > 1 && <span className="faint"> · {formatQuantity(rules, "rule")}</span>}
      </span>
    </div>
  );
}
