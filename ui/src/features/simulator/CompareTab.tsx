import { CircleHelp, GitCompare } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { useRpc } from "../../api/queries";
import type {
  CompareAnswer,
  CompareRequest,
  SimulateRequest,
  SourceView,
} from "../../api/generated/commands";
import { Card } from "../../components/card/Card";
import { Select } from "../../components/select/Select";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { UnseenNote } from "../../components/state/UnseenNote";
import { focusField } from "../../lib/fields";
import { useSettled } from "../../lib/useSettled";
import { formatQuantity } from "../../lib/numbers";
import { formatInstant } from "../../lib/time";
import { ChangeLine } from "./Changes";
import type { TabProps } from "./CheckTab";
import { ExportMenu } from "./ExportMenu";
import { HolderFields } from "./HolderFields";
import { Incomplete } from "./Incomplete";
import { ABOUT_NOBODY, requestOf, type Question } from "./search";
import { table } from "../../lib/table";
import { WhenField } from "./WhenField";
import { MemberField } from "./WhoField";
import { sourceWords } from "./words";
import compareStyles from "./compare.module.css";
import editsStyles from "./edits.module.css";
import formStyles from "./form.module.css";
import styles from "./screen.module.css";
import signs from "./signs.module.css";

const WITH = [
  { id: "member", label: "Somebody else" },
  { id: "when", label: "Another time" },
  { id: "server", label: "A server that orders policies differently" },
  { id: "unsaved", label: "The unsaved drafts of roles" },
] as const;
type With = (typeof WITH)[number]["id"];

/** Two sides compared over every request; only what differs is shown. */
export function CompareTab(props: TabProps) {
  const { question } = props;
  const form = useRef<HTMLDivElement>(null);
  const [by, setBy] = useState<With>("member");
  const [member, setMember] = useState("");
  const [when, setWhen] = useState<Question["when"]>({ kind: "afterTimed" });
  const asked = useMemo(() => ({ question, by, member, when }), [question, by, member, when]);
  const settled = useSettled(asked);
  const request = useMemo(() => compareRequest(settled), [settled]);
  const answer = useRpc("compare", request ?? NOTHING, {
    enabled: request !== null,
    keepPrevious: true,
  });
  const data = request ? answer.data : undefined;
  const problems = [...(data?.leftProblems ?? []), ...(data?.rightProblems ?? [])];
  const goTo = (field: string) => focusField(form.current, field);

  return (
    <div className={styles.split}>
      <div ref={form} className={styles.question} role="region" aria-label="Question">
        <HolderFields {...props} problems={data?.leftProblems ?? []} />
        <div className={formStyles.who}>
          <Select label="Compared with" options={WITH} value={by} onChange={setBy} />
          {by === "member" && (
            <MemberField label="The other" member={member} onChange={setMember} />
          )}
          {by === "when" && <WhenField when={when} onChange={setWhen} error={undefined} />}
          {by === "server" && (
            <p className={compareStyles.hint}>
              The same on a server where {LAST_MATCH_WORDS[otherServer(question)]}.
            </p>
          )}
          {by === "unsaved" && (
            <p className={compareStyles.hint}>The same with all unsaved drafts of roles.</p>
          )}
        </div>
      </div>
      <section className={styles.answer} aria-label="Differences" aria-busy={answer.isFetching}>
        {!request ? (
          <div className={styles.alone}>
            <EmptyState icon={GitCompare} title="Which two?">
              Choose who it is about, and what to compare with: somebody else, another time, a
              server that orders policies differently, or the drafts that are not saved.
            </EmptyState>
          </div>
        ) : answer.error ? (
          <ErrorState
            message={answer.error.message}
            hint={answer.error.hint}
            onRetry={() => void answer.refetch()}
          />
        ) : !data ? (
          <SkeletonRows label="the differences" rows={8} />
        ) : problems.length > 0 ? (
          <Incomplete problems={problems} onGoTo={goTo} />
        ) : (
          <Differences answer={data} sides={sideNames(data, settled)} />
        )}
      </section>
    </div>
  );
}

/** What the two sides are called: what tells them apart is said. */
function sideNames({ names, at }: CompareAnswer, { question, by, when }: Settled): SideNames {
  const [left, right] = names;
  const time = (asked: Question["when"], instant: string | undefined) =>
    asked.kind === "now"
      ? "now"
      : asked.kind === "afterTimed"
        ? "after all timed access"
        : instant
          ? `at ${formatInstant(Date.parse(instant))}`
          : "";
  switch (by) {
    case "member":
      return [left, right];
    case "when":
      return [`${left} ${time(question.when, at?.[0])}`, `${right} ${time(when, at?.[1])}`];
    case "server":
      return [left, `${right} where ${LAST_MATCH_WORDS[otherServer(question)]}`];
    case "unsaved":
      return [`${left} as it is saved`, `${right} with the drafts`];
  }
}

type SideNames = readonly [left: string, right: string];

function Differences({ answer, sides }: { answer: CompareAnswer; sides: SideNames }) {
  const { verdict, changes, limits, unseen, certain } = answer;
  const [left, right] = sides;
  const unsure = unsureOf(certain, sides);
  return (
    <>
      <UnseenNote unseen={unseen} />
      <div className={styles.whoHead}>
        <p className={styles.whoSentence} role="status">
          <b className="strong">{right}</b> against <b className="strong">{left}</b>: {verdict}
          {unsure !== null && <span className="muted">, as far as is known of {unsure}</span>}
        </p>
        {changes.length > 0 && (
          <ExportMenu
            name="comparison"
            rows={() =>
              table(
                [
                  "difference",
                  "subject",
                  "actions",
                  "where",
                  "left through",
                  "right through",
                  ...(unsure === null ? [] : ["not certain of"]),
                ],
                changes.map(({ change, left: one, right: other, certain: sure }) => [
                  change.transition,
                  change.subject,
                  change.actions.join(", "),
                  change.place,
                  one ? sourceWords(one) : "",
                  other ? sourceWords(other) : "",
                  ...(unsure === null ? [] : [unsureOf(sure, sides) ?? ""]),
                ]),
              )
            }
          />
        )}
      </div>
      {limits.length > 0 && (
        <p className={styles.wrong}>Not every request could be looked at: {limits.join("; ")}</p>
      )}
      {changes.length > 0 && (
        <Card title="Differences" count={changes.length} aside="what the second gains and loses">
          <ul className={editsStyles.edits}>
            {changes.map(({ change, left: one, right: other, certain: sure }, index) => (
              <li key={index} className={compareStyles.difference}>
                <ChangeLine change={change} />
                <span className={compareStyles.throughWords}>
                  <Through source={change.gains === false ? one : (other ?? one)} />
                  <Unsure of={unsureOf(sure, sides)} />
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {changes.length === 0 && (
        <p className="muted">
          {unsure !== null
            ? "Every request has the same answer on both sides by what was pulled; what was not could change that."
            : limits.length === 0
              ? "Every request has the same answer on both sides; this is proven, not sampled."
              : `${formatQuantity(0, "difference")} among the requests that could be looked at.`}
        </p>
      )}
    </>
  );
}

function Through({ source }: { source: SourceView | null }) {
  return source && <span>{sourceWords(source)}</span>;
}

/** Says of whom a difference is not certain: a check there answers "unknown". */
function Unsure({ of }: { of: string | null }) {
  if (of === null) return null;
  return (
    <span className={compareStyles.unsure}>
      <CircleHelp size={12} strokeWidth={2.25} className={signs.doubt} aria-hidden="true" /> Not
      certain of {of}
    </span>
  );
}

/** The sides of which something is not certain; null if there is none. */
function unsureOf(certain: readonly boolean[], sides: SideNames): string | null {
  const unsure = sides.filter((_, place) => certain[place] === false);
  return unsure.length === 0 ? null : unsure.length === 1 ? (unsure[0] ?? null) : "both";
}

const LAST_MATCH_WORDS = {
  "last-match": "the last policy that matches decides",
  "forbid-wins": "any Forbid that matches denies",
};

function otherServer({ server }: Question): "last-match" | "forbid-wins" {
  return server === "last-match" ? "forbid-wins" : "last-match";
}

interface Settled {
  question: Question;
  by: With;
  member: string;
  when: Question["when"];
}

function compareRequest({ question, by, member, when }: Settled): CompareRequest | null {
  const side = (other: Question): SimulateRequest | null =>
    requestOf({ ...other, what: { kind: "operation", operation: "" } }, []);
  const left = side(question);
  if (!left) return null;
  const right = {
    member: () => (member === "" ? null : side({ ...question, who: "member", member })),
    when: () => side({ ...question, when }),
    server: () => side({ ...question, server: otherServer(question) }),
    unsaved: () => side({ ...question, drafts: true }),
  }[by]();
  return right && { left, right };
}

const NOTHING: CompareRequest = { left: ABOUT_NOBODY, right: ABOUT_NOBODY };
