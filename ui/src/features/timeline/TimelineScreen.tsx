import { useNavigate, useSearch } from "@tanstack/react-router";
import { CalendarX2 } from "lucide-react";
import { classes } from "../../lib/classes";
import { DAY } from "../../lib/time";
import { FilterBar, Page, PageHeader } from "../../components/page/PageHeader";
import { SegmentedControl, type Segment } from "../../components/segmented/SegmentedControl";
import { EmptyState } from "../../components/state/EmptyState";
import { BarsTable } from "./BarsTable";
import { ExpiringTable } from "./ExpiringTable";
import { RangeFields } from "./RangeFields";
import { readTimelineSearch, type Range, type TimelineSearch, type View } from "./search";
import styles from "./timeline.module.css";
import { useSpan } from "./useSpan";

const VIEWS: readonly Segment<View>[] = [
  { id: "bars", label: "Bars" },
  { id: "expiring", label: "By consequence" },
];
const RANGES: readonly Segment<Range>[] = [
  { id: "24h", label: "24 h" },
  { id: "7d", label: "7 d" },
  { id: "30d", label: "30 d" },
  { id: "custom", label: "Custom" },
];
type Kind = NonNullable<TimelineSearch["kind"]> | "all";
const KINDS: readonly Segment<Kind>[] = [
  { id: "all", label: "All" },
  { id: "role", label: "Roles" },
  { id: "privilege", label: "Privileges" },
  { id: "scheduled", label: "Scheduled" },
];

/** Until when access counts: bars over a range, or what ends in it by its consequence. */
export function TimelineScreen() {
  const search = useSearch({ from: "/frame/timeline" });
  const navigate = useNavigate();
  const { span, now } = useSpan(search);
  const { view = "bars", range = "7d", kind } = search;
  const set = (change: Record<string, unknown>) =>
    void navigate({
      to: "/timeline",
      search: readTimelineSearch({ ...search, view, range, ...change }),
      replace: true,
    });
  const from = search.from ?? new Date(now).toISOString();
  const to = search.to ?? new Date(now + DAY).toISOString();

  return (
    <Page>
      <PageHeader
        title="Timeline"
        actions={
          <SegmentedControl
            label="View"
            segments={VIEWS}
            value={view}
            onChange={(next) => set({ view: next })}
          />
        }
      />
      <FilterBar>
        <SegmentedControl
          label="Range"
          segments={RANGES}
          value={range}
          onChange={(next) => set({ range: next, from, to })}
        />
        <SegmentedControl
          label="Kind"
          segments={KINDS}
          value={kind ?? "all"}
          onChange={(next) => set({ kind: next === "all" ? undefined : next })}
        />
        {view === "bars" && <Legend />}
      </FilterBar>
      {range === "custom" && (
        <FilterBar>
          <RangeFields
            from={from}
            to={to}
            onChange={(nextFrom, nextTo) => set({ from: nextFrom, to: nextTo })}
          />
        </FilterBar>
      )}
      {span === null ? (
        <EmptyState icon={CalendarX2} title="The range ends before it begins">
          Choose an end after the beginning, or turn the range round.
        </EmptyState>
      ) : view === "bars" ? (
        <BarsTable span={span} now={now} kind={kind ?? null} />
      ) : (
        <ExpiringTable
          key={`${range} ${from} ${to} ${kind ?? ""}`}
          // What lies behind has ended already.
          span={range === "custom" ? span : { from: Math.min(now, span.to - 1), to: span.to }}
          kind={kind ?? null}
        />
      )}
    </Page>
  );
}

function Legend() {
  return (
    <div className={styles.legend}>
      <span className={styles.sample}>
        <span className={classes(styles.bar, styles.swatch, styles.loses)} />
        its end changes access
      </span>
      <span className={styles.sample}>
        <span className={classes(styles.bar, styles.swatch, styles.hollow)} />
        changes nothing
      </span>
      <span className={styles.sample}>
        <span className={classes(styles.bar, styles.swatch, styles.over)} />
        ended
      </span>
    </div>
  );
}
