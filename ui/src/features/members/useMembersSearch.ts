import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import type { MemberSort } from "../../api/generated/commands";
import type { Sort } from "../../components/table/types";
import { filterOf } from "./filters";
import { compact, type MembersSearch } from "./search";

/** Letters typed within this time are searched for at once. Milliseconds. */
const SETTLES = 140;

/** Filters with what takes some of them back. */
export type SearchChanges = { [Filter in keyof MembersSearch]?: MembersSearch[Filter] | undefined };

/**
 * What is listed, kept in the address. The text in the field runs ahead of the address, which
 * follows when the typing pauses. A filter that is chosen is a step that the way back undoes; typing
 * and sorting are not.
 */
export function useMembersSearch() {
  const search = useSearch({ from: "/frame/members" });
  const navigate = useNavigate();
  const go = (next: SearchChanges, step: "new" | "same" = "new") =>
    void navigate({ to: "/members", search: compact(next), replace: step === "same" });

  const listed = search.text ?? "";
  const [typed, setTyped] = useState({ text: listed, listed });
  // The address changed by itself: by the way back, or because the filters were cleared.
  if (typed.listed !== listed) {
    setTyped({ text: typed.text.trim() === listed ? typed.text : listed, listed });
  }
  const commit = useEffectEvent(() => go({ ...search, text: typed.text.trim() }, "same"));
  useEffect(() => {
    if (typed.text.trim() === typed.listed) return;
    const timer = setTimeout(() => commit(), SETTLES);
    return () => clearTimeout(timer);
  }, [typed]);

  const sort = search.sort ?? (listed === "" ? "name" : "relevance");
  const request = useMemo(
    () => ({ filter: filterOf(search), sort, descending: search.descending ?? false }),
    [search, sort],
  );

  return {
    search,
    request,
    text: typed.text,
    setText: (text: string) => setTyped({ text, listed: typed.listed }),
    /** Changes some of the filters; the text is what stands in the field. */
    filter: (next: SearchChanges) => go({ ...search, text: typed.text.trim(), ...next }),
    /** Shows the list that a kept filter asks for. */
    show: (asked: MembersSearch) => go(asked),
    setSort: ({ column, direction }: Sort) =>
      go(
        {
          ...search,
          sort: column as MemberSort,
          descending: direction === "descending" ? true : undefined,
        },
        "same",
      ),
    clear: () => go({}),
  };
}

export type UsedMembersSearch = ReturnType<typeof useMembersSearch>;
