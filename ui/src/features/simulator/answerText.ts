/** An answer as plain text, for a ticket or a chat. Pure. */
import type { CandidateView, CheckView, TextPart, Verdict } from "../../api/generated/commands";
import { formatInstant } from "../../lib/time";
import {
  comparisonWords,
  FATES,
  newNotes,
  outcomeWords,
  ruleWords,
  saysInstant,
  sourceWords,
  withoutOutcome,
} from "./words";

/** The verdict as a sentence, then the rules in the order they were tried. */
export function answerText(verdict: Verdict, timeZone?: string): string {
  const { headline, sentence, name, at, changes, checks } = verdict;
  const instant = (text: string) => formatInstant(Date.parse(text), timeZone);
  const said = sentenceText(withoutOutcome(sentence), instant).replace(/\.$/, "");
  const lines = [`${headline}: ${said}.`];
  if (changes) {
    const until = saysInstant(sentence, changes.at) ? "" : `Until ${instant(changes.at)}. `;
    lines.push(`${until}Afterwards: ${outcomeWords(changes.outcome)}.`);
  }
  lines.push(`Asked about ${name} at ${instant(at)}.`);
  return [...lines, ...checks.flatMap((check) => checkLines(check, instant))].join("\n");
}

type Instant = (text: string) => string;

function checkLines(check: CheckView, instant: Instant): string[] {
  const { title, outcome, reached, candidates, inactive } = check;
  return [
    "",
    `${title}: ${reached ? outcomeWords(outcome) : "not reached"}`,
    ...candidates.flatMap(candidateLines),
    ...inactive.map(({ source, outcome: would }) => {
      const end = source.standing?.state === "ended" ? ` at ${instant(source.standing.end)}` : "";
      return `- ended${end}: ${sourceWords(source)}; with it: ${outcomeWords(would)}`;
    }),
    ...newNotes(check).map((note) => `- note: ${sentenceText(note, instant)}`),
  ];
}

function candidateLines({ rule, fate, source, conditions, note }: CandidateView): string[] {
  const from = source ? ` (${sourceWords(source)})` : "";
  return [
    `- ${ruleWords(rule)}${from}: ${FATES[fate]}`,
    ...conditions.map((condition) => {
      const { property, actual, verb, expected } = comparisonWords(condition);
      const words = [property, actual, verb, expected].filter((word) => word !== null);
      return `    ${MARKS[condition.result]} ${words.join(" ")}`;
    }),
    ...(note === null ? [] : [`    ${note}`]),
  ];
}

const MARKS = {
  matched: "✓",
  notMatched: "✗",
  missing: "?",
  notReached: "–",
  error: "!",
  unknown: "?",
};

/** A sentence of the judge in plain words. */
export function sentenceWords(parts: readonly TextPart[]): string {
  return sentenceText(parts, (text) => formatInstant(Date.parse(text)));
}

function sentenceText(parts: readonly TextPart[], instant: Instant): string {
  return parts
    .map((part) => {
      if (part.kind === "instant") return instant(part.at);
      if (part.kind === "source") return `${part.article} ${part.text}`.trim();
      return part.text;
    })
    .join("");
}
