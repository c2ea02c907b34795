import { useNavigate } from "@tanstack/react-router";
import { ListPlus, TriangleAlert } from "lucide-react";
import { useRef, useState } from "react";
import { useRpc } from "../../api/queries";
import type { BatchRow } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { Chip, type ChipTone } from "../../components/chip/Chip";
import { TextArea } from "../../components/field/TextArea";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { CodeText } from "../../components/text/CodeText";
import type { Column } from "../../components/table/types";
import { VirtualTable } from "../../components/table/VirtualTable";
import { classes } from "../../lib/classes";
import { formatQuantity } from "../../lib/numbers";
import { useSettled } from "../../lib/useSettled";
import { sentenceWords } from "./answerText";
import { ExportMenu } from "./ExportMenu";
import { addressOf, questionOfRequest } from "./search";
import { table } from "../../lib/table";
import { outcomeWords, withoutOutcome } from "./words";
import batchStyles from "./batch.module.css";
import styles from "./screen.module.css";

const EXAMPLE =
  "who,what,environment,path,name,tags\nci-deployer,secret.read-value,prod,/app/api,STRIPE_KEY,-";

/** Many questions at once, pasted or from a file, with an answer for each. */
export function BatchTab() {
  const [text, setText] = useState("");
  const settled = useSettled(text);
  const file = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const answer = useRpc(
    "simulate_batch",
    { text: settled },
    { enabled: settled.trim() !== "", keepPrevious: true },
  );
  const rows = settled.trim() === "" ? undefined : answer.data?.rows;
  return (
    <div className={batchStyles.batch}>
      <div className={batchStyles.batchQuestions} role="region" aria-label="Questions">
        <TextArea
          label="Questions"
          mono
          rows={6}
          placeholder={EXAMPLE}
          value={text}
          onChange={setText}
          description="A table with a head (CSV or pasted cells), or one JSON object a line. An empty cell is left open; “-” as tags is a secret without tags."
        />
        <input
          ref={file}
          type="file"
          accept=".csv,.tsv,.json,.jsonl,.ndjson,.txt"
          hidden
          aria-label="File of questions"
          onChange={({ currentTarget }) => {
            void currentTarget.files?.[0]?.text().then(setText);
            currentTarget.value = "";
          }}
        />
        <Button onPress={() => file.current?.click()}>Open a file…</Button>
      </div>
      <section
        className={classes(styles.listAnswer, batchStyles.answers)}
        aria-label="Answers"
        aria-busy={answer.isFetching}
      >
        {text.trim() === "" ? (
          <EmptyState icon={ListPlus} title="Many questions at once">
            Paste a table with the columns who and what; environment, path, name, tags, at, server
            and expect are optional. A move takes toEnvironment and toPath, an import
            fromEnvironment and fromPath, a change newName and newTags.
          </EmptyState>
        ) : answer.error ? (
          <ErrorState
            message={answer.error.message}
            hint={answer.error.hint}
            onRetry={() => void answer.refetch()}
          />
        ) : !rows ? (
          <SkeletonRows label="the answers" rows={10} />
        ) : (
          <>
            <div className={styles.whoHead}>
              <p className={styles.whoSentence} role="status">
                {summary(rows)}
              </p>
              <ExportMenu name="answers" rows={() => answersTable(rows)} />
            </div>
            <VirtualTable<BatchRow>
              label="Answers"
              listKey={settled}
              columns={COLUMNS}
              rowCount={rows.length}
              rowAt={(index) => rows[index]}
              rowKey={({ line }) => String(line)}
              onOpen={({ question }) => {
                if (question) {
                  void navigate({
                    to: "/simulator",
                    search: addressOf(questionOfRequest(question), "check"),
                  });
                }
              }}
            />
          </>
        )}
      </section>
    </div>
  );
}

function summary(rows: readonly BatchRow[]): string {
  const count = (outcome: BatchRow["outcome"]) =>
    rows.filter((row) => row.outcome === outcome).length;
  const unexpected = rows.filter(
    ({ expect, outcome }) => expect !== null && outcome !== null && expect !== outcome,
  );
  const parts = [
    `${count("allowed")} allowed`,
    `${count("denied")} denied`,
    ...(count("depends") > 0
      ? [`${count("depends")} ${count("depends") === 1 ? "depends" : "depend"}`]
      : []),
    ...(count(null) > 0 ? [`${count(null)} could not be asked`] : []),
    ...(unexpected.length > 0 ? [`${unexpected.length} not as expected`] : []),
  ];
  return `${formatQuantity(rows.length, "question")}: ${parts.join(", ")}`;
}

const TONES: Record<NonNullable<BatchRow["outcome"]>, ChipTone> = {
  allowed: "allow",
  denied: "forbid",
  depends: "conditional",
  serverError: "forbid",
  unknown: "conditional",
};

const COLUMNS: readonly Column<BatchRow>[] = [
  {
    id: "line",
    header: "Line",
    width: "52px",
    align: "end",
    cell: ({ line, remarks }) => (
      <>
        {remarks.length > 0 && (
          <TriangleAlert size={13} className={batchStyles.odd} aria-label="with a remark" />
        )}
        <span className="num faint">{line}</span>
      </>
    ),
  },
  {
    id: "answer",
    header: "Answer",
    width: "minmax(112px, 12fr)",
    cell: ({ outcome, expect, problem }) =>
      outcome === null ? (
        <span className={styles.wrong} title={problem ?? ""}>
          not asked
        </span>
      ) : (
        <Chip
          tone={TONES[outcome]}
          title={expect !== null && expect !== outcome ? `expected ${outcomeWords(expect)}` : ""}
        >
          {outcomeWords(outcome)}
          {expect !== null && expect !== outcome && " ≠"}
        </Chip>
      ),
  },
  {
    id: "who",
    header: "Who",
    width: "minmax(0, 16fr)",
    cell: ({ who }) => <span className="truncate">{who}</span>,
  },
  {
    id: "what",
    header: "What",
    width: "minmax(0, 30fr)",
    cell: ({ what, place }) => (
      <span className="truncate" title={`${what} ${place}`}>
        {what} <span className="mono">{place}</span>
      </span>
    ),
  },
  {
    id: "why",
    header: "Why",
    width: "minmax(0, 34fr)",
    cell: ({ sentence, problem, remarks }) => {
      const words = problem ?? [...remarks, sentenceWords(withoutOutcome(sentence))].join(" · ");
      return (
        <span className="truncate muted" title={words.replaceAll("`", "")}>
          <CodeText text={words} />
        </span>
      );
    },
  },
];

function answersTable(rows: readonly BatchRow[]) {
  return table(
    ["line", "who", "what", "place", "answer", "expected", "until", "why", "remarks"],
    rows.map((row) => [
      String(row.line),
      row.who,
      row.what,
      row.place,
      row.outcome === null ? "" : outcomeWords(row.outcome),
      row.expect === null ? "" : outcomeWords(row.expect),
      row.until ?? "",
      row.problem?.replaceAll("`", "") ?? sentenceWords(withoutOutcome(row.sentence)),
      row.remarks.join("; ").replaceAll("`", ""),
    ]),
  );
}
