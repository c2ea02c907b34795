import { Link, type LinkProps } from "@tanstack/react-router";
import type { Overview } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { Page, PageHeader } from "../../components/page/PageHeader";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { formatCount } from "../../lib/numbers";
import { EndedCard } from "./EndedCard";
import { EndingCard } from "./EndingCard";
import { LooseEndCards } from "./LooseEndCards";
import { SameGrantsCard } from "./SameGrantsCard";
import styles from "./OverviewScreen.module.css";

/** What needs attention: what ends and what that means, what has ended, and what hangs loose. */
export function OverviewScreen() {
  const { data, error, isPending, isFetching, refetch } = useRpc("overview", {});
  return (
    <Page scrolls>
      <PageHeader title="Overview" ruled />
      {error && (
        <ErrorState
          look={data ? "bar" : "page"}
          message={error.message}
          hint={error.hint}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      )}
      {isPending && <SkeletonRows label="the overview" rows={12} />}
      {data && (
        <div className={styles.overview}>
          <Tiles overview={data} />
          <EndingCard
            title="Ends within 24 hours"
            count={data.endingWithinDayCount}
            rows={data.endingWithinDay}
            shownFirst={7}
            empty="Nothing ends in the next 24 hours."
            timeline={{ range: "24h" }}
          />
          <EndingCard
            title="Ends within a week"
            count={data.endingWithinWeekCount}
            rows={data.endingWithinWeek}
            shownFirst={5}
            empty="Nothing else ends this week."
            timeline={{}}
          />
          <div className={styles.columns}>
            <div className={styles.column}>
              <EndedCard count={data.endedCount} rows={data.ended} />
            </div>
            <div className={styles.column}>
              <SameGrantsCard />
              <LooseEndCards />
            </div>
          </div>
        </div>
      )}
    </Page>
  );
}

function Tiles({ overview: { counts, privileges } }: { overview: Overview }) {
  const { users, identities, groups, roles } = counts;
  return (
    <ul className={styles.tiles}>
      <Tile count={users} name="Users" to="/members" search={{ kind: "user" }} />
      <Tile count={identities} name="Identities" to="/members" search={{ kind: "identity" }} />
      <Tile count={groups} name="Groups" to="/members" search={{ kind: "group" }} />
      <Tile count={roles} name="Roles" to="/roles" search={{}} />
      <Tile
        count={privileges}
        name="Additional Privileges"
        to="/members"
        search={{ sort: "privileges", descending: true }}
      />
    </ul>
  );
}

interface TileProps {
  count: number;
  name: string;
  to: NonNullable<LinkProps["to"]>;
  search: NonNullable<LinkProps["search"]>;
}

function Tile({ count, name, to, search }: TileProps) {
  return (
    <li className={styles.tile}>
      <Link to={to} search={search} className={styles.link}>
        <span className={styles.number}>{formatCount(count)}</span>
        <span className={styles.kind}>{name}</span>
      </Link>
    </li>
  );
}
