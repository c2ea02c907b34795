import { formatInstant } from "../../lib/time";

/** A part of what the core says: words, code, where a rule comes from, or an instant. */
export type PartOfText =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "source"; article: string; text: string }
  | { kind: "instant"; at: string };

/** Shows a part as what it is. `actor` is whose name it is that stands among the code. */
export function Part({ part, actor }: { part: PartOfText; actor?: string | undefined }) {
  switch (part.kind) {
    case "text":
      return part.text;
    case "code":
      return part.text.toLowerCase() === actor?.toLowerCase() ? (
        <b className="strong">{part.text}</b>
      ) : (
        <span className="mono">{part.text}</span>
      );
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
