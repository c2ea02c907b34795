import { useEffect, useState } from "react";

/**
 * `value` once it has not changed for `pause` milliseconds, so that nothing is asked for each letter
 * of a word. Values are compared by identity: keep them stable.
 */
export function useSettled<T>(value: T, pause = 140): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return settled;
}
