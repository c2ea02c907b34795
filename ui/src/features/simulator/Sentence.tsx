import type { TextPart } from "../../api/generated/commands";
import { Part } from "../../components/text/Part";
import { withoutOutcome } from "./words";

export interface SentenceProps {
  parts: readonly TextPart[];
  /** A whole sentence begins with a capital and ends with a full stop. */
  isWhole?: boolean;
  /** Whose name it is that stands among the code. */
  actor?: string;
}

/** A sentence of the judge with its names, places and instants told apart. */
export function Sentence({ parts, isWhole = false, actor }: SentenceProps) {
  const shown = withoutOutcome(parts);
  const last = shown.at(-1);
  const isEnded = last?.kind === "text" && last.text.endsWith(".");
  return (
    <>
      {shown.map((part, index) => (
        <Part key={index} part={isWhole && index === 0 ? capital(part) : part} actor={actor} />
      ))}
      {isWhole && last && !isEnded && "."}
    </>
  );
}

function capital(part: TextPart): TextPart {
  const raised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  if (part.kind === "text") return { ...part, text: raised(part.text) };
  if (part.kind === "source") return { ...part, article: raised(part.article) };
  // A name stays as it is spelled; words about several people begin a sentence as words do.
  if (part.kind === "code" && /^(members of|whoever) /.test(part.text)) {
    return { ...part, text: raised(part.text) };
  }
  return part;
}
