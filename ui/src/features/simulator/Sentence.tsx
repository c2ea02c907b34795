import type { TextPart } from "../../api/generated/commands";
import { formatInstant } from "../../lib/time";
import { withoutOutcome } from "./words";

export interface SentenceProps {
  parts: readonly TextPart[];
  /** A whole sentence begins with a capital and ends with a full stop. */
  isWhole?: boolean;
}

/** A sentence of the judge with its names, places and instants told apart. */
export function Sentence({ parts, isWhole = false }: SentenceProps) {
  const shown = withoutOutcome(parts);
  return (
    <>
      {shown.map((part, index) => (
        <Part key={index} part={isWhole && index === 0 ? capital(part) : part} />
      ))}
      {isWhole && shown.length > 0 && "."}
    </>
  );
}

function Part({ part }: { part: TextPart }) {
  switch (part.kind) {
    case "text":
      return part.text;
    case "code":
      return <span className="mono">{part.text}</span>;
    case "source":
      return (
        <>
          {part.article && `${part.article} `}
          <b>{part.text}</b>
        </>
      );
    case "instant":
      return <time dateTime={part.at}>{formatInstant(Date.parse(part.at))}</time>;
  }
}

function capital(part: TextPart): TextPart {
  const raised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  if (part.kind === "text") return { ...part, text: raised(part.text) };
  if (part.kind === "source") return { ...part, article: raised(part.article) };
  return part;
}
