/** The history, read from the newest entry backwards as it is looked at. */
import { useInfiniteQuery } from "@tanstack/react-query";
import type { RpcError } from "./error";
import type { HistoryEntryView, HistoryPage } from "./generated/commands";
import { rpc } from "./rpc";

/** How many entries are asked for at once. */
const SLICE = 60;

export interface HistoryRead {
  /** Newest first; undefined until the first ones are there. */
  entries: HistoryEntryView[] | undefined;
  hasOlder: boolean;
  isReadingOlder: boolean;
  readOlder: () => void;
  error: RpcError | null;
  retry: () => void;
}

/** All of the history, or what concerns one member. */
export function useHistory(member: string | null): HistoryRead {
  const history = useInfiniteQuery<
    HistoryPage,
    RpcError,
    HistoryEntryView[],
    readonly unknown[],
    string | null
  >({
    queryKey: ["history", { member, slices: SLICE }],
    queryFn: ({ pageParam }) => rpc("history", { member, before: pageParam, limit: SLICE }),
    initialPageParam: null,
    getNextPageParam: ({ entries, more }) => (more ? (entries.at(-1)?.id ?? null) : null),
    select: ({ pages }) => pages.flatMap(({ entries }) => entries),
  });
  return {
    entries: history.data,
    hasOlder: history.hasNextPage,
    isReadingOlder: history.isFetchingNextPage,
    readOlder: () => {
      if (history.hasNextPage && !history.isFetchingNextPage) void history.fetchNextPage();
    },
    error: history.error,
    retry: () => void (history.isFetchNextPageError ? history.fetchNextPage() : history.refetch()),
  };
}
