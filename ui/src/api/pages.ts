/**
 * A list too long to hold, read page by page as it is looked at. Pages that were read stay, as long
 * as the cache keeps them, so scrolling back shows rows at once.
 */
import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
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
  totalIsExact: boolean;
}

export type RowOf<C extends PagedCommand> = AnswerOf<C>["rows"][number];

export interface Pages<Row, Answer = Page> {
  /** A page of the list on screen, for what it says of the whole; undefined until there is one. */
  answer: Answer | undefined;
  /** How many rows there are; undefined until the first page is there. */
  total: number | undefined;
  /** Whether `total` is exact; if not, there are at least so many. */
  totalIsExact: boolean;
  /** The row at that place, or undefined while its page is under way. */
  rowAt: (index: number) => Row | undefined;
  /** Says which rows are in sight, so that their pages are read. */
  onRangeChange: (first: number, last: number) => void;
  /** Whether what is shown still belongs to the request before. */
  isRefreshing: boolean;
  error: RpcError | null;
  retry: () => void;
}

/** How many rows are asked for at once. The core answers at most 500. */
export const PAGE_SIZE = 200;
/** A page is asked for when the reader comes this close to it, in rows. */
const MARGIN = 40;
/** Who drags through a long list does not want every page passed. Milliseconds. */
const SETTLES = 80;

/** Pages, both included. */
export interface Sight {
  first: number;
  last: number;
}

/** The pages that hold the rows from `first` to `last`, and those about to be reached. */
export function pagesAround(first: number, last: number): Sight {
  return {
    first: Math.floor(Math.max(0, first - MARGIN) / PAGE_SIZE),
    last: Math.floor((last + MARGIN) / PAGE_SIZE),
  };
}

/** Reads the pages in sight. `request` is all of the request but the slice; keep it stable. */
export function usePages<C extends PagedCommand>(
  name: C,
  request: Omit<RequestOf<C>, "offset" | "limit">,
): Pages<RowOf<C>, AnswerOf<C>> {
  const client = useQueryClient();
  const { pages, onRangeChange } = usePagesInSight(request);
  const [shown, setShown] = useState<Shown<typeof request>>({
    request,
    answer: undefined,
  });

  const results = useQueries({
    queries: pages
      .filter((page) => mayExist(page, request, shown))
      .map((page) => {
        const queryKey = pageKey(name, request, page);
        return { queryKey, queryFn: () => rpc(name, queryKey[1]) };
      }),
  });
  const arrived = results.find(({ data }) => data !== undefined)?.data as Page | undefined;
  const failed = results.find(({ error }) => error !== null);

  // Until the first page of a new request is there, the list before stays.
  if (arrived && (shown.request !== request || shown.answer !== arrived)) {
    setShown({ request, answer: arrived });
  }

  const read = new Map<number, Page | undefined>();
  const pageAt = (page: number): Page | undefined => {
    if (!read.has(page)) read.set(page, client.getQueryData(pageKey(name, shown.request, page)));
    return read.get(page);
  };

  return {
    answer: shown.answer as AnswerOf<C> | undefined,
    total: shown.answer?.total,
    totalIsExact: shown.answer?.totalIsExact ?? true,
    rowAt: (index) =>
      pageAt(Math.floor(index / PAGE_SIZE))?.rows[index % PAGE_SIZE] as RowOf<C> | undefined,
    onRangeChange,
    isRefreshing: shown.request !== request,
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  };
}

/** The list that is on screen. */
interface Shown<Request> {
  request: Request;
  answer: Page | undefined;
}

/** The first page is always read: it says how many rows there are. */
function mayExist(page: number, request: unknown, shown: Shown<unknown>): boolean {
  const { answer } = shown;
  if (page === 0 || shown.request !== request || answer === undefined) return true;
  return page * PAGE_SIZE < answer.total || !answer.totalIsExact;
}

/** The pages to read; a list that is asked for anew is read from its beginning. */
function usePagesInSight(request: unknown) {
  const [sight, setSight] = useState({ request, first: 0, last: 0 });
  if (sight.request !== request) setSight({ request, first: 0, last: 0 });
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(waiting.current), []);

  const { first, last } = sight;
  const onRangeChange = useCallback(
    (firstRow: number, lastRow: number) => {
      clearTimeout(waiting.current);
      const next = { request, ...pagesAround(firstRow, lastRow) };
      if (next.first === first && next.last === last) return;
      const near = next.first <= last + 1 && next.last >= first - 1;
      if (near) setSight(next);
      else waiting.current = setTimeout(() => setSight(next), SETTLES);
    },
    [request, first, last],
  );
  const pages = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return { pages, onRangeChange };
}

function pageKey<C extends PagedCommand>(
  name: C,
  request: Omit<RequestOf<C>, "offset" | "limit">,
  page: number,
) {
  const slice = { ...request, offset: page * PAGE_SIZE, limit: PAGE_SIZE };
  // A request without its slice and that slice are a request; generics cannot say so.
  return rpcKey(name, slice as unknown as RequestOf<C>);
}
