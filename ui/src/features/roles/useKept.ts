import { useState } from "react";

/**
 * `next`, or what was there before where `keep` finds that nothing is different: what is the same stays
 * the very same, so that what is drawn from it is not drawn again. `keep` gives back `before` for that.
 */
export function useKept<T>(next: T, keep: (before: T, next: T) => T): T {
  const [kept, setKept] = useState({ next, value: next });
  if (kept.next === next) return kept.value;
  const value = keep(kept.value, next);
  setKept({ next, value });
  return value;
}
