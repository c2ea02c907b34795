import { useEffect, useState } from "react";
import { wakeAt } from "../../components/timed/ticker";
import { MINUTE } from "../../lib/time";
import type { TimelineSearch } from "./search";
import { lengthOf, spanOf, type Span } from "./span";

/** The present, to the minute. A clock that was set shows within one. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const tick = () => setNow(Date.now());
    const stop = wakeAt(now + MINUTE, tick);
    // The ticker waits for an instant: one that lies further away after the clock was set back is
    // not waited for.
    const timer = setInterval(() => {
      if (Math.abs(Date.now() - now) > 2 * MINUTE) tick();
    }, MINUTE / 2);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [now]);
  return now;
}

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
