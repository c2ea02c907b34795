import { useEffect, useState } from "react";
import { errorToast } from "../toast/toasts";

/** How long the tick stays. Milliseconds. */
const SHOWN = 1_500;

/** Whether something was copied a moment ago, and what copies a text, called `what` if it is refused. */
export function useCopied(what: string): [boolean, (text: string) => void] {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = (text: string) =>
    void navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => errorToast(`The clipboard refused the ${what}`),
    );
  return [copied, copy];
}
