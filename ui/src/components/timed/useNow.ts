import { useEffect, useState } from "react";
import { MINUTE } from "../../lib/time";
import { wakeAt } from "./ticker";

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
