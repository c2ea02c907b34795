import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import type { MemberSort } from "../../api/generated/commands";
import type { Sort } from "../../components/table/types";
import { readMembersSearch, type MembersSearch } from "./search";

/** Letters typed within this time are searched for at once. Milliseconds. */
const SETTLES = 140;

/**
 * What is listed, kept in the address. The text in the field runs ahead of the address, which
 * follows when the typing pauses.
 */
export function useMembersSearch() {
  const search = useSearch({ from: "/frame/members" });
  const navigate = useNavigate();
  const go = (next: MembersSearch) =>
    void navigate({ to: "/members", search: compact(next), replace: true });

  const listed = search.text ?? "";
  const [typed, setTyped] = useState({ text: listed, listed });
  // The address changed by itself: by the way back, or because the filters were cleared.
  if (typed.listed !== listed) {
    setTyped({ text: typed.text.trim() === listed ? typed.text : listed, listed });
  }
  const commit = useEffectEvent(() => go({ ...search, text: typed.text.trim() }));
  useEffect(() => {
    if (typed.text.trim() === typed.listed) return;
    const timer = setTimeout(() => commit(), SETTLES);
    return () => clearTimeout(timer);
  }, [typed]);

  const sort = search.sort ?? (listed === "" ? "name" : "relevance");
  const request = useMemo(
    () => ({
      filter: {
        ...(search.kind && { kind: search.kind }),
        ...(listed !== "" && { search: listed }),
      },
      sort,
      descending: search.descending ?? false,
    }),
    [search.kind, listed, sort, search.descending],
  );

  return {
    request,
    text: typed.text,
    setText: (text: string) => setTyped({ text, listed: typed.listed }),
    setKind: (kind: MembersSearch["kind"] | "all") =>
      go({ ...search, kind: kind === "all" ? undefined : kind } as MembersSearch),
    setSort: ({ column, direction }: Sort) =>
      go({
        ...search,
        sort: column as MemberSort,
        descending: direction === "descending" || undefined,
      } as MembersSearch),
    clear: () => go({}),
  };
}

/** Leaves out what is not chosen, so that the address stays short. */
function compact(search: MembersSearch): MembersSearch {
  const { text, sort, ...rest } = readMembersSearch({ ...search });
  const usual = text === undefined || text === "" ? "name" : "relevance";
  return {
    ...rest,
    ...(text !== undefined && text !== "" && { text }),
    ...(sort !== undefined && sort !== usual && { sort }),
  };
}
