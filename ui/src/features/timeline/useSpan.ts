import { useState } from "react";
import { useNow } from "../../components/timed/useNow";
import type { TimelineSearch } from "./search";
import { lengthOf, spanOf, type Span } from "./span";

/** Which part of a range may pass before it is looked at from the present again. */
const DRIFT = 24;

/**
 * The span that is shown. It stays as it is while one looks at it, and moves on when a good part of
 * it has passed or the clock was set.
 */
export function useSpan(search: TimelineSearch): { span: Span | null; now: number } {
  const now = useNow();
  const [anchor, setAnchor] = useState({ at: now, range: search.range });
  const hasMoved = Math.abs(now - anchor.at) > lengthOf(search) / DRIFT;
  if (hasMoved || anchor.range !== search.range) setAnchor({ at: now, range: search.range });
  return { span: spanOf(search, anchor.at), now };
}
