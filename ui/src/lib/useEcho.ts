import { useState } from "react";

/**
 * The text of a field whose owner may take a moment to take it over: what is typed shows at once, and
 * nothing of it is lost to a value that is older. A value that comes from elsewhere wins.
 */
export function useEcho(
  value: string,
  onChange: (text: string) => void,
): { shown: string; change: (text: string) => void; settle: () => void } {
  const [echo, setEcho] = useState<{ text: string; older: readonly string[] } | null>(null);
  // Once it was taken over, or overtaken, an older value is one that somebody went back to.
  if (echo && (echo.text === value || !echo.older.includes(value))) setEcho(null);
  const isAhead = echo !== null && echo.text !== value && echo.older.includes(value);
  return {
    shown: isAhead ? echo.text : value,
    change: (text) => {
      setEcho({ text, older: isAhead ? [...echo.older, echo.text] : [value] });
      onChange(text);
    },
    settle: () => setEcho(null),
  };
}
