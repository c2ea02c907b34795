/**
 * A list too long to hold, read page by page as it is looked at. Pages that were read stay, as long
 * as the cache keeps them, so scrolling back shows rows at once.
 */
import { keepPreviousData, useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { RpcError } from "./error";
import { rpcKey } from "./queries";
import { rpc, type AnswerOf, type CommandName, type RequestOf } from "./rpc";

/** The commands whose answer is a slice of a list. */
export type PagedCommand = {
  [C in CommandName]: AnswerOf<C> extends Page ? C : never;
}[CommandName];

export interface Page {
  rows: unknown[];
  total: number;
}

export type RowOf<C extends PagedCommand> = AnswerOf<C>["rows"][number];

export interface Pages<Row> {
  /** How many rows there are; undefined until the first page is there. */
  total: number | undefined;
  /** The row at that place, or undefined while its page is under way. */
  rowAt: (index: number) => Row | undefined;
  /** Says which rows are in sight, so that their pages are read. */
  onRangeChange: (first: number, last: number) => void;
  /** Whether what is shown belongs to another request, or is being read again. */
  isRefreshing: boolean;
  error: RpcError | null;
  retry: () => void;
}

/** The core answers at most this many rows at once. */
const PAGE_SIZE = 200;

/** Reads the pages in sight. `request` is all of the request but the slice; keep it stable. */
export function usePages<C extends PagedCommand>(
  name: C,
  request: Omit<RequestOf<C>, "offset" | "limit">,
): Pages<RowOf<C>> {
  const client = useQueryClient();
  const [inSight, setInSight] = useState({ first: 0, last: 0 });

  const keyOf = useCallback(
    (page: number) =>
      rpcKey(name, { ...request, offset: page * PAGE_SIZE, limit: PAGE_SIZE }),
    [name, request],
  );

  const results = useQueries({
    queries: pagesBetween(inSight.first, inSight.last).map((page) => ({
      queryKey: keyOf(page),
      queryFn: () => rpc(name, keyOf(page)[1]),
      placeholderData: keepPreviousData,
    })),
  });

  const totals = results.map(({ data }) => (data as Page | undefined)?.total);
  const failed = results.find(({ error }) => error !== null);

  return {
    total: totals.find((total) => total !== undefined),
    rowAt: (index) => {
      const page = Math.floor(index / PAGE_SIZE);
      const shown = results[page - inSight.first]?.data ?? client.getQueryData(keyOf(page));
      return (shown as Page | undefined)?.rows[index % PAGE_SIZE] as RowOf<C> | undefined;
    },
    onRangeChange: useCallback((first, last) => {
      const next = { first: Math.floor(first / PAGE_SIZE), last: Math.floor(last / PAGE_SIZE) };
      setInSight((now) => (now.first === next.first && now.last === next.last ? now : next));
    }, []),
    isRefreshing: results.some(({ isPlaceholderData }) => isPlaceholderData),
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  };
}

function pagesBetween(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
