import { Check, Copy, type LucideIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "../button/Button";
import { errorToast } from "../toast/toasts";

export interface CopyWordsProps {
  label: string;
  icon?: LucideIcon;
  /** Said once it is copied. */
  done: string;
  /** Made when it is asked for. */
  text: () => string;
}

/** How long the tick stays. Milliseconds. */
const SHOWN = 1_500;

/** A button with words that puts a text on the clipboard. */
export function CopyWords({ label, icon = Copy, done, text }: CopyWordsProps) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = () =>
    navigator.clipboard.writeText(text()).then(
      () => setCopied(true),
      () => errorToast("The clipboard refused the text"),
    );

  return (
    <>
      <Button variant="ghost" icon={copied ? Check : icon} onPress={() => void copy()}>
        {label}
      </Button>
      <span role="status" className="visually-hidden">
        {copied ? done : ""}
      </span>
    </>
  );
}
