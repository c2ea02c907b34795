import { useLocation } from "@tanstack/react-router";
import { ChartNoAxesGantt } from "lucide-react";
import { useMemo, useState } from "react";
import type { BarKind, BarView } from "../../api/generated/commands";
import { usePages } from "../../api/pages";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { useListPosition } from "../../components/table/useListPosition";
import { VirtualTable } from "../../components/table/VirtualTable";
import { barColumns } from "./columns";
import { EndDialog } from "./EndDialog";
import { useBarMenu } from "./useBarMenu";
import { ticksOf, type Span } from "./span";
import { useEndEffects } from "../../api/endEffects";

export interface BarsTableProps {
  span: Span;
  now: number;
  kind: BarKind | null;
}

/** Everything timed that touches the span, as bars; the soonest end first. */
export function BarsTable({ span, now, kind }: BarsTableProps) {
  const { href } = useLocation();
  const request = useMemo(
    () => ({
      from: new Date(span.from).toISOString(),
      to: new Date(span.to).toISOString(),
      kind,
    }),
    [span.from, span.to, kind],
  );
  const pages = usePages("timeline", request);
  const position = useListPosition(href);
  const [sight, setSight] = useState({ first: 0, last: 0 });
  const effects = useEndEffects(pages.rowAt, sight.first, sight.last, now);
  const ticks = useMemo(() => ticksOf({ from: span.from, to: span.to }), [span.from, span.to]);
  const [opened, setOpened] = useState<BarView | null>(null);
  const menu = useBarMenu(setOpened);

  if (pages.total === undefined) {
    return pages.error ? (
      <ErrorState message={pages.error.message} hint={pages.error.hint} onRetry={pages.retry} />
    ) : (
      <SkeletonRows label="the timeline" rows={14} />
    );
  }
  return (
    <>
      {pages.error && (
        <ErrorState
          look="bar"
          message={pages.error.message}
          hint={pages.error.hint}
          onRetry={pages.retry}
        />
      )}
      <VirtualTable<BarView>
        label="Timeline"
        listKey={href}
        columns={barColumns({ span, now, ticks, effects })}
        rowCount={pages.total}
        rowAt={pages.rowAt}
        rowKey={({ id }) => id}
        onRangeChange={(first, last) => {
          pages.onRangeChange(first, last);
          if (first !== sight.first || last !== sight.last) setSight({ first, last });
        }}
        onOpen={setOpened}
        onMenu={menu.open}
        typeAheadText={({ member }) => member.name}
        {...position}
        empty={
          <EmptyState icon={ChartNoAxesGantt} title="Nothing is timed in this range">
            Roles and privileges that end, or begin, in it would stand here as bars.
          </EmptyState>
        }
      />
      {menu.element}
      {opened && (
        <EndDialog bar={opened} effect={effects.get(opened.id)} onClose={() => setOpened(null)} />
      )}
    </>
  );
}
