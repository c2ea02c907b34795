import { useLocation } from "@tanstack/react-router";
import { CalendarCheck2, Play, Square } from "lucide-react";
import { useState } from "react";
import type { BarKind, ExpiringRow } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { useListPosition } from "../../components/table/useListPosition";
import { VirtualTable } from "../../components/table/VirtualTable";
import { formatCount, formatQuantity } from "../../lib/numbers";
import { EXPIRING_COLUMNS } from "./columns";
import { EndDialog } from "./EndDialog";
import type { Span } from "./span";
import styles from "./timeline.module.css";
import { useBarMenu } from "./useBarMenu";
import { useExpiring, type Expiring } from "./useExpiring";

/** What ends in the span, the gravest consequence first. */
export function ExpiringTable({ span, kind }: { span: Span; kind: BarKind | null }) {
  const { href } = useLocation();
  const expiring = useExpiring(span, kind);
  const position = useListPosition(href);
  const [opened, setOpened] = useState<string | null>(null);
  const menu = useBarMenu(({ id }) => setOpened(id));
  const { rows, error } = expiring;
  if (!rows) {
    return error ? (
      <ErrorState message={error.message} hint={error.hint} onRetry={expiring.retry} />
    ) : (
      <SkeletonRows label="what ends" rows={14} />
    );
  }
  const shown = opened === null ? undefined : rows.find(({ bar }) => bar.id === opened);
  return (
    <>
      {error && (
        <ErrorState look="bar" message={error.message} hint={error.hint} onRetry={expiring.retry} />
      )}
      <Progress expiring={expiring} />
      <VirtualTable<ExpiringRow>
        label="What ends, by consequence"
        listKey={href}
        columns={EXPIRING_COLUMNS}
        rowCount={rows.length}
        rowAt={(index) => rows[index]}
        rowKey={({ bar }) => bar.id}
        onOpen={({ bar }) => setOpened(bar.id)}
        onMenu={({ bar }, at) => menu.open(bar, at)}
        typeAheadText={({ bar }) => bar.member.name}
        {...position}
        empty={
          <EmptyState icon={CalendarCheck2} title="Nothing ends in this range">
            Every timed role and privilege ends later, or has ended before.
          </EmptyState>
        }
      />
      {menu.element}
      {shown && <EndDialog bar={shown.bar} effect={shown.effect} onClose={() => setOpened(null)} />}
    </>
  );
}

/** How far looking has come. Nothing stands here once all is done. */
function Progress({ expiring }: { expiring: Expiring }) {
  const { rows, lookedAt, total, isLooking, isStopped, stop, goOn } = expiring;
  const isDone = lookedAt >= total && !isLooking;
  const grave = rows?.filter(({ effect }) => effect.effect !== "nothing").length ?? 0;
  return (
    <div className={styles.progress}>
      <span role="status">
        {isDone
          ? `${formatQuantity(total, "end")}, ${formatCount(grave)} of them with consequences`
          : isStopped
            ? `Stopped at ${formatCount(lookedAt)} of ${formatCount(total)}`
            : `Looked into ${formatCount(lookedAt)} of ${formatCount(total)}…`}
      </span>
      {!isDone && isStopped && (
        <Button size="small" icon={Play} onPress={goOn}>
          Go on
        </Button>
      )}
      {!isDone && !isStopped && (
        <Button size="small" variant="ghost" icon={Square} onPress={stop}>
          Stop
        </Button>
      )}
    </div>
  );
}
