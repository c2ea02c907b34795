import { Link } from "@tanstack/react-router";
import { CalendarCheck2 } from "lucide-react";
import type { EndingAccess } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { Avatar } from "../../components/avatar/Avatar";
import { Card, CardRow } from "../../components/card/Card";
import { Page, PageHeader } from "../../components/page/PageHeader";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { Timed } from "../../components/timed/Timed";
import styles from "./OverviewScreen.module.css";

/** What needs attention: timed access that ends soon, or has ended and is still stored. */
export function OverviewScreen() {
  const overview = useRpc("overview", {});
  return (
    <Page scrolls>
      <PageHeader title="Overview" ruled />
      {overview.error && (
        <ErrorState
          message={overview.error.message}
          hint={overview.error.hint}
          onRetry={() => void overview.refetch()}
        />
      )}
      {overview.isPending && <SkeletonRows label="the overview" />}
      {overview.data && (
        <div className={styles.cards}>
          <Ending
            title="Ends within 24 hours"
            count={overview.data.endingWithinDayCount}
            rows={overview.data.endingWithinDay}
          />
          <Ending
            title="Ends within a week"
            count={overview.data.endingWithinWeekCount}
            rows={overview.data.endingWithinWeek}
          />
          <Ending
            title="Ended, still stored"
            count={overview.data.endedCount}
            rows={overview.data.ended}
          />
        </div>
      )}
    </Page>
  );
}

function Ending({
  title,
  count,
  rows,
}: {
  title: string;
  count: number;
  rows: readonly EndingAccess[];
}) {
  return (
    <Card title={title} count={count}>
      {rows.length === 0 ? (
        <EmptyState icon={CalendarCheck2} title="Nothing" />
      ) : (
        rows.map(({ id, member, title: name, slug, end }) => (
          <CardRow key={id}>
            <Avatar name={member.name} kind={member.kind} />
            <Link to="/members/$member" params={{ member: member.id }}>
              {member.name}
            </Link>
            <span>{name}</span>
            <span className="mono faint truncate">{slug}</span>
            <span className={styles.end}>
              <Timed end={end} />
            </span>
          </CardRow>
        ))
      )}
    </Card>
  );
}
