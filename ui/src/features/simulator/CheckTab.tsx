import { FlaskConical, Link2 } from "lucide-react";
import { useMemo, useRef, type ReactNode } from "react";
import { useRpc } from "../../api/queries";
import type { CatalogueView, FieldProblem, Places } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { CopyWords } from "../../components/copy/CopyWords";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { focusField } from "../../lib/fields";
import { useSettled } from "../../lib/useSettled";
import { Answer } from "./Answer";
import { answerText } from "./answerText";
import { CasesCard } from "./CasesCard";
import { ElseCard } from "./ElseCard";
import { Incomplete } from "./Incomplete";
import { QuestionForm } from "./QuestionForm";
import { SaveTest } from "./SaveTest";
import { ABOUT_NOBODY, requestOf, whoOf, type Question } from "./search";
import { WhatWouldChange } from "./WhatWouldChange";
import { choiceOf, type WhatChoice } from "./whats";
import styles from "./screen.module.css";

const NO_PROBLEMS: readonly FieldProblem[] = [];

/** What every tab is given: the question, and what it can be made of. */
export interface TabProps {
  question: Question;
  ask: (change: Partial<Question>) => void;
  choices: readonly WhatChoice[];
  catalogue: CatalogueView | undefined;
  places: Places | undefined;
}

/** Whether somebody may do something, and why. `who` stands in place of the question who it is. */
export function CheckTab({ who, ...props }: TabProps & { who?: ReactNode }) {
  const { question, choices } = props;
  const form = useRef<HTMLDivElement>(null);
  const settled = useSettled(question);
  const request = useMemo(
    () => requestOf(settled, choiceOf(settled.what, choices)?.fields ?? []),
    [settled, choices],
  );
  const answer = useRpc("simulate", request ?? ABOUT_NOBODY, {
    enabled: request !== null,
    keepPrevious: true,
  });
  const isAsked = whoOf(question) !== null;
  const data = isAsked ? answer.data : undefined;
  const problems = data?.kind === "incomplete" ? data.problems : NO_PROBLEMS;
  const goTo = (field: string) => focusField(form.current, field);

  return (
    <div className={styles.split}>
      <div ref={form} className={styles.question} role="region" aria-label="Question">
        <QuestionForm {...props} who={who} problems={problems} />
      </div>
      <section
        className={styles.answer}
        aria-label="Answer"
        aria-busy={answer.isFetching || settled !== question}
      >
        {!isAsked ? (
          <div className={styles.alone}>
            <EmptyState
              icon={FlaskConical}
              title="Who is it about?"
              action={<Button onPress={() => goTo("who")}>Choose a member</Button>}
            >
              Choose a user, a machine identity or a group. What you leave open counts as “any”: the
              answer says where it depends on it.
            </EmptyState>
          </div>
        ) : answer.error ? (
          <ErrorState
            message={answer.error.message}
            hint={answer.error.hint}
            onRetry={answer.error.retry ? () => void answer.refetch() : undefined}
          />
        ) : !data ? (
          <SkeletonRows label="the answer" rows={5} />
        ) : data.kind === "incomplete" ? (
          <Incomplete problems={data.problems} onGoTo={goTo} />
        ) : (
          <>
            <div className={styles.takeAway}>
              <CopyWords
                label="Copy as text"
                done="Copied the answer"
                text={() => `${answerText(data)}\n\n${linkHere()}`}
              />
              <CopyWords label="Copy link" icon={Link2} done="Copied the link" text={linkHere} />
              {request && <SaveTest request={request} verdict={data} />}
            </div>
            <Answer
              verdict={data}
              asksNow={settled.when.kind === "now"}
              onGoTo={goTo}
              before={
                request && (
                  <>
                    {data.outcome === "depends" && (
                      <CasesCard request={request} asked={data.asked} />
                    )}
                    <ElseCard request={request} />
                  </>
                )
              }
            >
              {request && <WhatWouldChange request={request} />}
            </Answer>
          </>
        )}
      </section>
    </div>
  );
}

/** The address of this check, without what only this window needs. */
function linkHere(): string {
  const { origin, pathname, hash } = window.location;
  return `${origin}${pathname}${hash}`;
}
