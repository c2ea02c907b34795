/** The history, read from the newest entry backwards as it is looked at. */
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { RpcError } from "./error";
import type {
  HistoryCheck,
  HistoryEntryView,
  HistoryFilter,
  HistoryPage,
} from "./generated/commands";
import { rpcKey, useRpc } from "./queries";
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

/** All of the history. */
export const EVERYTHING: HistoryFilter = { member: null, role: null, deeds: [], text: "" };

/** The entries that `filter` lets through. */
export function useHistory(filter: HistoryFilter): HistoryRead {
  const history = useInfiniteQuery<
    HistoryPage,
    RpcError,
    HistoryEntryView[],
    readonly unknown[],
    string | null
  >({
    queryKey: ["history", { filter, slices: SLICE }],
    queryFn: ({ pageParam }) => rpc("history", { ...filter, before: pageParam, limit: SLICE }),
    initialPageParam: null,
    getNextPageParam: ({ older }) => older,
    // The list before stays until the first entries of the next one are there.
    placeholderData: keepPreviousData,
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

/** Whether the history is as it was written, and a way to look at all of it again. */
export function useHistoryCheck() {
  const client = useQueryClient();
  const known = useRpc("check_history", { whole: false });
  const whole = useMutation<HistoryCheck>({
    mutationFn: () => rpc("check_history", { whole: true }),
    onSuccess: (check) => client.setQueryData(rpcKey("check_history", { whole: false }), check),
  });
  return {
    check: known.data,
    error: whole.error ?? known.error,
    isChecking: known.isPending || whole.isPending,
    checkAll: () => whole.mutate(),
  };
}
