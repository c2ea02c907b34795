import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { RpcError } from "../../api/error";
import type { BarKind, ExpiringPage, ExpiringRow } from "../../api/generated/commands";
import { rpc } from "../../api/rpc";
import type { Span } from "./span";

export interface Expiring {
  /** What was looked into so far, the gravest first; undefined until there is something. */
  rows: ExpiringRow[] | undefined;
  lookedAt: number;
  total: number;
  /** Whether the rest is being looked into. */
  isLooking: boolean;
  /** Whether looking was stopped before the end. */
  isStopped: boolean;
  stop: () => void;
  goOn: () => void;
  error: RpcError | null;
  retry: () => void;
}

/** What ends in `span`, answer by answer until all of it was looked into or somebody says stop. */
export function useExpiring(span: Span, kind: BarKind | null): Expiring {
  const [isStopped, setStopped] = useState(false);
  const request = { from: iso(span.from), to: iso(span.to), kind };
  const query = useInfiniteQuery<
    ExpiringPage,
    RpcError,
    ExpiringPage[],
    readonly unknown[],
    number
  >({
    queryKey: ["expiring", request],
    queryFn: ({ pageParam }) => rpc("expiring", { ...request, offset: pageParam }),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages,
  });
  const { data, hasNextPage, isFetching, error, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isStopped && !error) void fetchNextPage();
  }, [hasNextPage, isFetching, isStopped, error, fetchNextPage]);

  const rows = useMemo(() => data && sorted(data.flatMap(({ rows: some }) => some)), [data]);
  return {
    rows,
    lookedAt: rows?.length ?? 0,
    total: data?.at(-1)?.total ?? 0,
    isLooking: isFetching && !isStopped,
    isStopped: isStopped && hasNextPage,
    stop: () => setStopped(true),
    goOn: () => setStopped(false),
    error,
    retry: () => void (query.isFetchNextPageError ? fetchNextPage() : query.refetch()),
  };
}

/** The gravest first; of two alike the one that ends sooner. */
function sorted(rows: ExpiringRow[]): ExpiringRow[] {
  return rows.sort(
    (a, b) =>
      b.effect.weight - a.effect.weight ||
      Date.parse(a.bar.end ?? "") - Date.parse(b.bar.end ?? ""),
  );
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
