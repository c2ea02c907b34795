import { Check, Copy } from "lucide-react";
import { IconButton } from "../button/IconButton";
import { useCopied } from "./useCopied";

export interface CopyButtonProps {
  /** The text, or what makes it once it is asked for. */
  text: string | (() => string);
  /** What is copied: "id", "rules". */
  what: string;
  size?: "small" | "medium";
}

/** Puts `text` on the clipboard and says so for a moment. */
export function CopyButton({ text, what, size = "small" }: CopyButtonProps) {
  const [copied, copy] = useCopied(what);
  return (
    <>
      <IconButton
        icon={copied ? Check : Copy}
        label={copied ? "Copied" : `Copy ${what}`}
        size={size}
        onPress={() => copy(typeof text === "string" ? text : text())}
      />
      <span role="status" className="visually-hidden">
        {copied ? `Copied the ${what}` : ""}
      </span>
    </>
  );
}
