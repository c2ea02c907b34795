import { Ban, Check, CircleHelp, TriangleAlert, type LucideIcon } from "lucide-react";
import { useRpc } from "../../api/queries";
import type {
  AskedView,
  CaseList,
  CaseView,
  OutcomeKind,
  SimulateRequest,
} from "../../api/generated/commands";
import { Card } from "../../components/card/Card";
import { SkeletonRows } from "../../components/state/Skeleton";
import { CodeText } from "../../components/text/CodeText";
import { formatQuantity } from "../../lib/numbers";
import { SourceLink } from "./SourceLink";
import { outcomeWords, ruleWords } from "./words";
import styles from "./simulator.module.css";

export interface CasesCardProps {
  request: SimulateRequest;
  asked: AskedView;
}

/** For which values of what was left open it is allowed, and for which not, each with its rule. */
export function CasesCard({ request, asked }: CasesCardProps) {
  const { data, error } = useRpc("answer_cases", request, { keepPrevious: true });
  if (error) return null;
  if (!data) {
    return (
      <Card title="Cases">
        <SkeletonRows label="the cases" rows={3} />
      </Card>
    );
  }
  const { lists, limits } = data;
  if (lists.every(({ cases }) => cases.length === 0)) return null;
  const several = lists.length > 1;
  return (
    <Card
      title="Cases"
      aside={
        several
          ? "each of these must come out well"
          : limits.length === 0
            ? "all there can be"
            : undefined
      }
    >
      {lists.map((list, index) => (
        <section key={index} className={styles.check}>
          {list.purposes.length > 0 && (
            <h3 className={styles.checkTitle}>{sentenceCase(list.purposes.join(", "))}</h3>
          )}
          <Cases list={list} asked={asked} />
        </section>
      ))}
      {limits.length > 0 && (
        <p className={styles.nothing}>
          Perhaps not all: <CodeText text={limits.join("; ")} />.
        </p>
      )}
    </Card>
  );
}

function Cases({ list, asked }: { list: CaseList; asked: AskedView }) {
  return (
    <>
      <ul>
        {list.cases.map((it, index) => (
          <li key={index}>
            <Case it={it} asked={asked} isRest={it.words === "" && list.cases.length > 1} />
          </li>
        ))}
      </ul>
      {list.more > 0 && (
        <p className={styles.nothing}>and {formatQuantity(list.more, "more case")}</p>
      )}
    </>
  );
}

interface Sign {
  icon: LucideIcon;
  tone: "yes" | "no" | "doubt";
}

const SIGNS: Record<OutcomeKind, Sign> = {
  allowed: { icon: Check, tone: "yes" },
  denied: { icon: Ban, tone: "no" },
  depends: { icon: CircleHelp, tone: "doubt" },
  serverError: { icon: TriangleAlert, tone: "no" },
  unknown: { icon: CircleHelp, tone: "doubt" },
};

function Case({ it, asked, isRest }: { it: CaseView; asked: AskedView; isRest: boolean }) {
  const { words, example, outcome, deciding } = it;
  const { icon: Icon, tone } = SIGNS[outcome];
  return (
    <div className={styles.candidate}>
      <Icon size={15} strokeWidth={2.25} className={styles[tone]} aria-hidden="true" />
      <p className={styles.rule}>
        <span className="strong">{sentenceCase(outcomeWords(outcome))}:</span>{" "}
        <CodeText text={words === "" ? (isRest ? "otherwise" : "whatever is filled in") : words} />
      </p>
      {deciding ? <SourceLink source={deciding.source} asked={asked} /> : <span />}
      <p className={styles.compared}>
        <span>{deciding ? ruleWords(deciding.rule) : "no policy allows it"}</span>
        {example !== "" && (
          <span className="faint">
            such as <CodeText text={example} />
          </span>
        )}
      </p>
    </div>
  );
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
