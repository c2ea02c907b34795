import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "../button/IconButton";
import { errorToast } from "../toast/toasts";

export interface CopyButtonProps {
  /** The text, or what makes it once it is asked for. */
  text: string | (() => string);
  /** What is copied: "id", "rules". */
  what: string;
  size?: "small" | "medium";
}

/** How long the tick stays. Milliseconds. */
const SHOWN = 1_500;

/** Puts `text` on the clipboard and says so for a moment. */
export function CopyButton({ text, what, size = "small" }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = () =>
    navigator.clipboard.writeText(typeof text === "string" ? text : text()).then(
      () => setCopied(true),
      () => errorToast(`The clipboard refused the ${what}`),
    );

  return (
    <>
      <IconButton
        icon={copied ? Check : Copy}
        label={copied ? "Copied" : `Copy ${what}`}
        size={size}
        onPress={() => void copy()}
      />
      <span role="status" className="visually-hidden">
        {copied ? `Copied the ${what}` : ""}
      </span>
    </>
  );
}
