import {
  Ban,
  Check,
  ChevronRight,
  CircleHelp,
  Minus,
  TriangleAlert,
  X,
  type LucideIcon,
} from "lucide-react";
import { useId, useState } from "react";
import type {
  AskedView,
  CandidateView,
  CheckView,
  ComparedCondition,
  ComparisonResult,
  Verdict,
} from "../../api/generated/commands";
import { Card } from "../../components/card/Card";
import { classes } from "../../lib/classes";
import { formatCount, formatQuantity } from "../../lib/numbers";
import { SourceLink } from "./SourceLink";
import { comparisonWords, FATES, hangsOn, outcomeWords, ruleWords } from "./words";
import answerStyles from "./answer.module.css";
import signs from "./signs.module.css";
import styles from "./why.module.css";

/** The rules that concern the question, in the order the server tries them. */
export function WhyCard({ verdict }: { verdict: Verdict }) {
  const { checks, asked, rules, concerned, dependsOn, outcome } = verdict;
  const failing = checks.findLastIndex((check) => check.reached && check.outcome !== "allowed");
  // The check that the answer hangs on; the others open when somebody wants to see them.
  const told = failing >= 0 ? failing : checks.length - 1;
  return (
    <Card
      // What was not seen may decide otherwise than these rules.
      title={outcome === "unknown" ? "Why, as far as is known" : "Why"}
      aside={`${formatCount(concerned)} of ${formatQuantity(rules, "rule")} ${concerned === 1 ? "concerns" : "concern"} this`}
    >
      {checks.map((check, index) => (
        <CheckRows
          key={index}
          check={check}
          asked={asked}
          isOnly={checks.length === 1}
          startsOpen={index === told || (outcome === "depends" && check.reached)}
          open={dependsOn}
        />
      ))}
    </Card>
  );
}

interface CheckRowsProps {
  check: CheckView;
  asked: AskedView;
  /** One check needs no heading: the sentence above names it. */
  isOnly: boolean;
  startsOpen: boolean;
  /** The properties left open on which the answer depends. */
  open: readonly string[];
}

function CheckRows({ check, asked, isOnly, startsOpen, open }: CheckRowsProps) {
  const { title, subject, action, outcome, reached } = check;
  // What somebody opened or closed stays so, whatever the next answer hangs on.
  const [chosen, setChosen] = useState<boolean | null>(null);
  const panel = useId();
  const isOpen = isOnly || (chosen ?? startsOpen);
  const decided = check.candidates.find(({ fate }) => fate === "decided");
  return (
    <section className={classes(styles.check, !reached && styles.dim)}>
      {!isOnly && (
        <h3>
          <button
            type="button"
            className={classes(styles.checkTitle, isOpen && styles.openTitle)}
            aria-expanded={isOpen}
            aria-controls={isOpen ? panel : undefined}
            onClick={() => setChosen(!isOpen)}
          >
            <ChevronRight size={14} className={styles.arrow} aria-hidden="true" />
            <span>{title}</span>
            {isOpen && (
              <span className="mono faint">
                {subject}:{action}
              </span>
            )}
            <span className={styles.checkOutcome}>
              {reached ? outcomeWords(outcome) : "not reached"}
              {!isOpen && reached && decided?.source && ` by ${decided.source.name}`}
            </span>
          </button>
        </h3>
      )}
      {isOpen && (
        <div id={panel}>
          <Candidates check={check} asked={asked} open={open} />
        </div>
      )}
    </section>
  );
}

interface CandidatesProps {
  check: CheckView;
  asked: AskedView;
  open: readonly string[];
}

function Candidates({ check, asked, open }: CandidatesProps) {
  const { subject, action, outcome, candidates } = check;
  return (
    <>
      {candidates.length === 0 ? (
        <p className={answerStyles.nothing}>
          {outcome === "unknown" || outcome === "serverError" ? (
            "No rule could be tried."
          ) : (
            <>
              No rule names <span className="mono">{`${subject}:${action}`}</span>.
            </>
          )}
        </p>
      ) : (
        <ol>
          {candidates.map((candidate, index) => (
            <li key={index}>
              <Candidate candidate={candidate} asked={asked} hangs={hangsOn(candidate, open)} />
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

interface CandidateProps {
  candidate: CandidateView;
  asked: AskedView;
  /** Whether it fails at nothing but what was left open. */
  hangs: boolean;
}

function Candidate({ candidate, asked, hangs }: CandidateProps) {
  const { rule, fate, conditions, source, note } = candidate;
  const { icon: Icon, tone } = hangs ? RESULTS.missing : sign(candidate);
  return (
    <div className={classes(styles.candidate, fate !== "decided" && styles.lost)}>
      <Icon size={15} strokeWidth={2.25} className={signs[tone]} aria-hidden="true" />
      <p className={styles.rule}>
        <span className={classes(fate === "decided" && "strong")}>{ruleWords(rule)}</span>{" "}
        <span className="faint">{hangs ? "depends on what is left open" : FATES[fate]}</span>
      </p>
      <SourceLink source={source} asked={asked} />
      {conditions.length > 0 && (
        <ul className={styles.compared}>
          {conditions.map((condition, index) => (
            <Compared key={index} condition={condition} />
          ))}
        </ul>
      )}
      {conditions.length === 0 && (
        <p className={styles.compared}>
          {rule.conditions.length === 0
            ? "without conditions"
            : "its conditions were not looked at"}
        </p>
      )}
      {note !== null && <p className={styles.compared}>{note}</p>}
    </div>
  );
}

interface Sign {
  icon: LucideIcon;
  tone: "yes" | "no" | "quiet" | "doubt";
}

function sign({ fate, rule }: CandidateView): Sign {
  switch (fate) {
    case "decided":
      return rule.inverted ? { icon: Ban, tone: "no" } : { icon: Check, tone: "yes" };
    case "otherAction":
      return { icon: rule.inverted ? Ban : Check, tone: "quiet" };
    case "notMatched":
      return { icon: X, tone: "quiet" };
    case "notTried":
      return { icon: Minus, tone: "quiet" };
    case "error":
      return { icon: TriangleAlert, tone: "no" };
    case "unknown":
      return { icon: CircleHelp, tone: "doubt" };
  }
}

const RESULTS: Record<ComparisonResult, Sign & { word: string }> = {
  matched: { icon: Check, tone: "yes", word: "holds" },
  notMatched: { icon: X, tone: "no", word: "does not hold" },
  missing: { icon: CircleHelp, tone: "doubt", word: "is left open" },
  notReached: { icon: Minus, tone: "quiet", word: "was not looked at" },
  error: { icon: TriangleAlert, tone: "no", word: "makes the server fail" },
  unknown: { icon: CircleHelp, tone: "doubt", word: "cannot be told" },
};

function Compared({ condition }: { condition: ComparedCondition }) {
  const { icon: Icon, tone, word } = RESULTS[condition.result];
  const { property, actual, verb, expected } = comparisonWords(condition);
  return (
    <li className={styles.comparison}>
      <Icon size={12} strokeWidth={2.5} className={signs[tone]} aria-hidden="true" />
      <span>
        <span className="visually-hidden">{word}: </span>
        {property} {actual !== null && <span className="mono">{actual}</span>} {verb}{" "}
        <span className="mono">{expected}</span>
      </span>
    </li>
  );
}
