import type { ReactNode } from "react";
import type { OutcomeKind, Verdict as VerdictView } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { Timed } from "../../components/timed/Timed";
import { Verdict, type VerdictTone } from "../../components/verdict/Verdict";
import { formatInstant } from "../../lib/time";
import { EndedCard } from "./EndedCard";
import { Notes } from "./Notes";
import { Remarks } from "./Remarks";
import { Sentence } from "./Sentence";
import { inFormOrder, newNotes, outcomeWords, withoutUntil } from "./words";
import { WhyCard } from "./WhyCard";
import styles from "./answer.module.css";

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
  /** What stands before why, such as the cases of what depends. */
  before?: ReactNode;
  /** What would change it; stands after why. */
  children?: ReactNode;
}

/** The verdict first, then why. */
export function Answer({ verdict, asksNow, onGoTo, before, children }: AnswerProps) {
  const { outcome, headline, sentence, changes, openFields, checks, asked, name, at } = verdict;
  return (
    <>
      <Verdict
        tone={TONES[outcome]}
        headline={
          <>
            {headline}
            {changes && ` until ${formatInstant(Date.parse(changes.at))}`}
            {changes && <Timed key={changes.at} end={changes.at} />}
            {!asksNow && (
              <span className={styles.at}>asked for {formatInstant(Date.parse(at))}</span>
            )}
          </>
        }
      >
        <Sentence
          parts={changes ? withoutUntil(sentence, changes.at) : sentence}
          actor={name}
          isWhole
        />
        {changes && ` Afterwards: ${outcomeWords(changes.outcome)}.`}
      </Verdict>
      {openFields.length > 0 && (
        <div className={styles.depends}>
          <span>Fill in:</span>
          {inFormOrder(openFields).map(({ field, title }) => (
            <Button key={field} size="small" onPress={() => onGoTo(field)}>
              {title}
            </Button>
          ))}
        </div>
      )}
      <Remarks remarks={verdict.remarks} onGoTo={onGoTo} />
      {before}
      <WhyCard verdict={verdict} />
      {children}
      <EndedCard checks={checks} asked={asked} />
      <Notes notes={checks.flatMap(newNotes)} />
    </>
  );
}
