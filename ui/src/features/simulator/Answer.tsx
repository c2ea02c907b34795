import type { CheckView, OutcomeKind, Verdict as VerdictView } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { Timed } from "../../components/timed/Timed";
import { Verdict, type VerdictTone } from "../../components/verdict/Verdict";
import { formatInstant } from "../../lib/time";
import { EndedCard } from "./EndedCard";
import { Notes } from "./Notes";
import { Sentence } from "./Sentence";
import { FIELD_TITLES, outcomeWords, saysInstant } from "./words";
import { WhyCard } from "./WhyCard";
import styles from "./simulator.module.css";

const TONES: Record<OutcomeKind, VerdictTone> = {
  allowed: "allow",
  denied: "forbid",
  depends: "conditional",
  serverError: "failure",
  unknown: "unknown",
};

export interface AnswerProps {
  verdict: VerdictView;
  asksNow: boolean;
  onGoTo: (field: string) => void;
}

/** The verdict first, then why. */
export function Answer({ verdict, asksNow, onGoTo }: AnswerProps) {
  const { outcome, headline, sentence, changes, dependsOn, checks, member, at } = verdict;
  const fields = [...new Set(dependsOn.map((property) => property.split(".")[0] ?? property))];
  return (
    <>
      <Verdict
        tone={TONES[outcome]}
        headline={
          <>
            {headline}
            {changes && <Timed key={changes.at} end={changes.at} />}
            {!asksNow && <span className={styles.at}>at {formatInstant(Date.parse(at))}</span>}
          </>
        }
      >
        <Sentence parts={sentence} isWhole />
        {changes && (
          <>
            {!saysInstant(sentence, changes.at) && (
              <> Until {formatInstant(Date.parse(changes.at))}.</>
            )}
            {` Afterwards: ${outcomeWords(changes.outcome)}.`}
          </>
        )}
      </Verdict>
      {fields.length > 0 && (
        <div className={styles.depends}>
          <span>It depends on what is left open. Fill in:</span>
          {fields.map((field) => (
            <Button key={field} size="small" onPress={() => onGoTo(field)}>
              {FIELD_TITLES[field] ?? field}
            </Button>
          ))}
        </div>
      )}
      <WhyCard verdict={verdict} />
      <EndedCard checks={checks} member={member} />
      <Notes notes={checks.flatMap(ownNotes)} />
    </>
  );
}

/** The notes that say more than the list of ended access does. */
function ownNotes({ notes, inactive }: CheckView) {
  const listed = inactive.map(({ source }) => source.name);
  return notes.filter(
    (note) => !note.some((part) => part.kind === "source" && listed.includes(part.text)),
  );
}
