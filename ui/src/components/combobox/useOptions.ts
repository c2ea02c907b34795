import { useEffect, useState } from "react";
import { optionMatches, type Option } from "../list/Option";

/** Finds options for a text somewhere else. Must give up when `signal` aborts. */
export type SearchOptions<Id extends string> = (
  text: string,
  signal: AbortSignal,
) => Promise<readonly Option<Id>[]>;

export interface FoundOptions<Id extends string> {
  options: readonly Option<Id>[];
  state: "ready" | "searching" | "failed";
}

/** So that a search does not run for each letter of a word. Milliseconds. */
const PAUSE = 120;
const SHOWN = 200;

/**
 * The options for what was typed: those of `all` that match, or what `search` finds. While a search
 * runs, those stay of what was found last that match: whoever types fast and presses Enter must not
 * get somebody else.
 */
export function useOptions<Id extends string>(
  text: string,
  all: readonly Option<Id>[] | undefined,
  search: SearchOptions<Id> | undefined,
): FoundOptions<Id> {
  const [found, setFound] = useState<FoundOptions<Id> & { for: string | null }>({
    for: null,
    options: [],
    state: "searching",
  });

  useEffect(() => {
    if (!search) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      search(text, abort.signal).then(
        (options) => {
          if (!abort.signal.aborted) setFound({ for: text, options, state: "ready" });
        },
        () => {
          if (!abort.signal.aborted) setFound({ for: text, options: [], state: "failed" });
        },
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, search]);

  if (!search) {
    const matching = (all ?? []).filter((option) => optionMatches(option, text));
    return { options: matching.slice(0, SHOWN), state: "ready" };
  }
  if (found.for === text) return found;
  const still = found.options.filter((option) => optionMatches(option, text));
  return { options: still, state: "searching" };
}
