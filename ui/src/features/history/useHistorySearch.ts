import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import type { HistoryFilter } from "../../api/generated/commands";
import { readHistorySearch, type HistorySearch } from "./search";

/** Letters typed within this time are searched for at once. Milliseconds. */
const SETTLES = 180;

/** What is listed, kept in the address. The text runs ahead of it while it is being typed. */
export function useHistorySearch() {
  const search = useSearch({ from: "/frame/history" });
  const navigate = useNavigate();
  const go = (next: Record<keyof HistorySearch, string | undefined>) =>
    void navigate({ to: "/history", search: readHistorySearch(next), replace: true });

  const listed = search.text ?? "";
  const [typed, setTyped] = useState({ text: listed, listed });
  if (typed.listed !== listed) {
    setTyped({ text: typed.text.trim() === listed ? typed.text : listed, listed });
  }
  const { member, role, deed, entry } = search;
  const all = { member, role, deed, entry, text: search.text };
  const commit = useEffectEvent(() => go({ ...all, text: typed.text.trim() }));
  useEffect(() => {
    if (typed.text.trim() === typed.listed) return;
    const timer = setTimeout(() => commit(), SETTLES);
    return () => clearTimeout(timer);
  }, [typed]);

  const filter = useMemo(
    (): HistoryFilter => ({
      member: member ?? null,
      role: role ?? null,
      deeds: deed === undefined ? [] : [deed],
      text: listed,
    }),
    [member, role, deed, listed],
  );
  return {
    search,
    filter,
    text: typed.text,
    setText: (text: string) => setTyped({ text, listed: typed.listed }),
    set: (change: HistorySearch) => go({ ...all, ...change }),
    clear: () => void navigate({ to: "/history", search: {}, replace: true }),
    isFiltered: Object.keys(search).length > 0,
  };
}
