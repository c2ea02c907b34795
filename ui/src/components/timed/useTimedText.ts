import { useEffect, useState } from "react";
import type { TimedText } from "../../lib/time";
import { wakeAt } from "./ticker";

/** The text for the present, renewed exactly when it changes. */
export function useTimedText(textAt: (now: number) => TimedText): string {
  const [now, setNow] = useState(() => Date.now());
  const { text, changesAt } = textAt(now);

  useEffect(() => {
    if (changesAt === null) return;
    return wakeAt(changesAt, () => setNow(Math.max(Date.now(), changesAt)));
  }, [changesAt]);

  return text;
}
