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
import { CodeText } from "../../components/text/CodeText";
import { formatQuantity } from "../../lib/numbers";
import { SourceLink } from "./SourceLink";
import { outcomeWords, ruleWords } from "./words";
import answerStyles from "./answer.module.css";
import signs from "./signs.module.css";
import styles from "./why.module.css";

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
        <p className={answerStyles.nothing}>Being worked out…</p>
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
        <p className={answerStyles.nothing}>
          Perhaps not all: <CodeText text={limits.join("; ")} />.
        </p>
      )}
    </Card>
  );
}

function Cases({ list, asked }: { list: CaseList; asked: AskedView }) {
  const groups = byRule(list.cases);
  return (
    <>
      <ul>
        {groups.map((cases, index) => (
          <li key={index}>
            <Group cases={cases} asked={asked} />
          </li>
        ))}
      </ul>
      {list.more > 0 && (
        <p className={answerStyles.nothing}>and {formatQuantity(list.more, "more case")}</p>
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

function Group({ cases, asked }: { cases: readonly CaseView[]; asked: AskedView }) {
  const [first] = cases;
  if (!first) return null;
  const { outcome, deciding } = first;
  const { icon: Icon, tone } = SIGNS[outcome];
  return (
    <div className={styles.candidate}>
      <Icon size={15} strokeWidth={2.25} className={signs[tone]} aria-hidden="true" />
      <p className={styles.rule}>
        <span className="strong">{sentenceCase(outcomeWords(outcome))}</span>{" "}
        <span className="faint">
          {deciding ? `by ${ruleWords(deciding.rule)}` : "because no policy allows it"}
        </span>
      </p>
      {deciding ? <SourceLink source={deciding.source} asked={asked} /> : <span />}
      <ul className={styles.caseLines}>
        {cases.map(({ words, example }, index) => (
          <li key={index}>
            <CodeText text={words === "" ? "whatever is filled in" : words} />
            {example !== "" && (
              <span className="faint">
                {" "}
                — such as <CodeText text={example} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Cases that come out alike by the same rule, together. */
function byRule(cases: readonly CaseView[]): CaseView[][] {
  const groups = new Map<string, CaseView[]>();
  for (const it of cases) {
    const { rule, source } = it.deciding ?? { rule: null, source: null };
    const key = JSON.stringify([it.outcome, rule, source]);
    groups.set(key, [...(groups.get(key) ?? []), it]);
  }
  return [...groups.values()];
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
