import { Check, Copy, type LucideIcon } from "lucide-react";
import { Button } from "../button/Button";
import { useCopied } from "./useCopied";

export interface CopyWordsProps {
  label: string;
  icon?: LucideIcon;
  /** Said once it is copied. */
  done: string;
  /** Made when it is asked for. */
  text: () => string;
}

/** A button with words that puts a text on the clipboard. */
export function CopyWords({ label, icon = Copy, done, text }: CopyWordsProps) {
  const [copied, copy] = useCopied("text");
  return (
    <>
      <Button variant="ghost" icon={copied ? Check : icon} onPress={() => copy(text())}>
        {label}
      </Button>
      <span role="status" className="visually-hidden">
        {copied ? done : ""}
      </span>
    </>
  );
}
