import { Link, type LinkProps } from "@tanstack/react-router";
import { CalendarCheck2, KeyRound, Shield } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";
import type { EndingAccess, Overview } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { Avatar } from "../../components/avatar/Avatar";
import { Button } from "../../components/button/Button";
import { Card } from "../../components/card/Card";
import { Chip } from "../../components/chip/Chip";
import { Page, PageHeader } from "../../components/page/PageHeader";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { Timed } from "../../components/timed/Timed";
import { formatCount } from "../../lib/numbers";
import styles from "./OverviewScreen.module.css";

/** What needs attention: timed access that ends soon, or has ended and is still stored. */
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
          <div className={styles.columns}>
            <div className={styles.column}>
              <Ending
                title="Ends within 24 hours"
                count={data.endingWithinDayCount}
                rows={data.endingWithinDay}
                shownFirst={14}
                empty="Nothing ends in the next 24 hours."
                byNextEnd
              />
            </div>
            <div className={styles.column}>
              <Ending
                title="Ends within a week"
                count={data.endingWithinWeekCount}
                rows={data.endingWithinWeek}
                shownFirst={6}
                empty="Nothing else ends this week."
                byNextEnd
              />
              <Ending
                title="Ended, still stored"
                count={data.endedCount}
                rows={data.ended}
                shownFirst={6}
                empty="Nothing that has ended is left behind."
              />
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
      <Tile count={roles} name="Roles" />
      <Tile
        count={privileges}
        name="Additional Privileges"
        to="/members"
        search={{ sort: "privileges", descending: true }}
      />
    </ul>
  );
}

type TileProps = { count: number; name: string } & Pick<LinkProps, "to" | "search">;

function Tile({ count, name, to, search }: TileProps) {
  const words = (
    <>
      <span className={styles.number}>{formatCount(count)}</span>
      <span className={styles.kind}>{name}</span>
    </>
  );
  return (
    <li className={styles.tile}>
      {to === undefined ? (
        <span className={styles.plain}>{words}</span>
      ) : (
        <Link to={to} search={search ?? {}} className={styles.link}>
          {words}
        </Link>
      )}
    </li>
  );
}

interface EndingProps {
  title: string;
  /** How many there are in all; `rows` are at most 50 of them. */
  count: number;
  rows: readonly EndingAccess[];
  /** How many stand there before the rest is asked for. */
  shownFirst: number;
  empty: ReactNode;
  /** Whether the list of members can be sorted to show these first. */
  byNextEnd?: boolean;
}

function Ending({ title, count, rows, shownFirst, empty, byNextEnd = false }: EndingProps) {
  const [all, setAll] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const showAll = () => {
    flushSync(() => setAll(true));
    // The button is gone: the reader goes on at the first of the rows it brought.
    list.current?.children[shownFirst]?.querySelector("a")?.focus();
  };
  // One row more takes no more room than the button that would show it.
  const shown = all || rows.length <= shownFirst + 1 ? rows : rows.slice(0, shownFirst);
  return (
    <Card
      title={title}
      count={count > rows.length && all ? undefined : count}
      aside={
        count > rows.length &&
        all &&
        `${formatCount(rows.length)} of ${formatCount(count)} are shown`
      }
      actions={
        byNextEnd &&
        count > 0 && (
          <Link to="/members" search={{ sort: "nextEnd" }} className={styles.more}>
            Members by next end
          </Link>
        )
      }
    >
      {rows.length === 0 ? (
        <p className={styles.empty}>
          <CalendarCheck2 size={15} strokeWidth={1.75} aria-hidden="true" />
          {empty}
        </p>
      ) : (
        <ul ref={list}>
          {shown.map((access) => (
            <li key={access.id} className={styles.row}>
              <EndingRow access={access} />
            </li>
          ))}
        </ul>
      )}
      {shown.length < rows.length && (
        <div className={styles.rest}>
          <Button variant="ghost" size="small" onPress={showAll}>
            {count > rows.length
              ? `Show ${formatCount(rows.length)} of ${formatCount(count)}`
              : `Show all ${formatCount(count)}`}
          </Button>
        </div>
      )}
    </Card>
  );
}

function EndingRow({ access: { member, what, title, slug, end } }: { access: EndingAccess }) {
  const isRole = what === "role";
  return (
    <>
      <Avatar name={member.name} kind={member.kind} />
      <Link
        to="/members/$member"
        params={{ member: member.id }}
        className={styles.member}
        title={member.name}
      >
        {member.name}
      </Link>
      <Chip
        icon={isRole ? Shield : KeyRound}
        mono={!isRole && title === slug}
        title={`${isRole ? "Role" : "Additional privilege"} ${title === slug ? slug : `${title} (${slug})`}`}
        className={styles.what}
      >
        <span className="visually-hidden">{isRole ? "role " : "privilege "}</span>
        {title}
      </Chip>
      <span className={styles.end}>
        <Timed end={end} />
      </span>
    </>
  );
}
