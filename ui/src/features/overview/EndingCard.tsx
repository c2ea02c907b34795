import { Link } from "@tanstack/react-router";
import { useEndEffects } from "../../api/endEffects";
import type { EndEffectView, EndingAccess } from "../../api/generated/commands";
import { EffectChip } from "../../components/effect/EffectChip";
import { Timed } from "../../components/timed/Timed";
import { useNow } from "../../components/timed/useNow";
import { RowAccess, RowMember } from "./parts";
import styles from "./OverviewScreen.module.css";
import { ShortList } from "./ShortList";

export interface EndingCardProps {
  title: string;
  count: number;
  rows: readonly EndingAccess[];
  shownFirst: number;
  empty: string;
  /** Which range of the timeline shows the same. */
  timeline: { range?: "24h" };
}

/** What ends, the soonest first, each with what that means. */
export function EndingCard({ title, count, rows, shownFirst, empty, timeline }: EndingCardProps) {
  const now = useNow();
  const effects = useEndEffects((index) => rows[index], 0, rows.length - 1, now);
  return (
    <ShortList
      title={title}
      count={count}
      rows={rows}
      rowKey={({ id }) => id}
      shownFirst={shownFirst}
      empty={empty}
      columns={styles.endingColumns}
      actions={
        <span className={styles.more}>
          <Link to="/timeline" search={{ ...timeline, view: "expiring" }}>
            By consequence
          </Link>
          <Link to="/members" search={{ sort: "nextEnd" }}>
            Members by next end
          </Link>
        </span>
      }
    >
      {(access) => (
        <div className={styles.endingRow}>
          <RowMember member={access.member} />
          <RowAccess {...access} />
          <Meaning effect={effects.get(access.id)} />
          <span className={styles.end}>
            <Timed end={access.end} />
          </span>
        </div>
      )}
    </ShortList>
  );
}

/** What an end means: its kind, and the first thing that changes. */
function Meaning({ effect }: { effect: EndEffectView | undefined }) {
  if (!effect) return <span className={styles.meaning} />;
  const first = effect.lost[0] ?? effect.gained[0];
  const more = effect.lostCount + effect.gainedCount - 1;
  return (
    <span className={styles.meaning}>
      <EffectChip effect={effect} />
      {first && (
        <span className="truncate muted" title={effect.sentence}>
          {first.actions.join(", ")} on {first.subject}
        </span>
      )}
      {more > 0 && <span className="faint">+{more}</span>}
    </span>
  );
}
