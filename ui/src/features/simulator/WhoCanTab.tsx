import { useLocation, useNavigate } from "@tanstack/react-router";
import { Users } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { usePages } from "../../api/pages";
import { rpc } from "../../api/rpc";
import { useRpc } from "../../api/queries";
import type { Shown, WhoCanAnswer, WhoCanRequest, WhoCanRow } from "../../api/generated/commands";
import { SearchField } from "../../components/field/SearchField";
import { SegmentedControl } from "../../components/segmented/SegmentedControl";
import { Select } from "../../components/select/Select";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { useListPosition } from "../../components/table/useListPosition";
import { VirtualTable } from "../../components/table/VirtualTable";
import { focusField } from "../../lib/fields";
import { formatCount, formatQuantity } from "../../lib/numbers";
import { formatInstant } from "../../lib/time";
import { useSettled } from "../../lib/useSettled";
import type { TabProps } from "./CheckTab";
import { ExportMenu } from "./ExportMenu";
import { Incomplete } from "./Incomplete";
import { QuestionForm } from "./QuestionForm";
import { Remarks } from "./Remarks";
import { addressOf, placeOf } from "./search";
import { table } from "../../lib/table";
import { choiceOf } from "./whats";
import { whoCanColumns } from "./whoCanColumns";
import { outcomeWords, sourceWords } from "./words";
import styles from "./screen.module.css";
import whoCanStyles from "./whoCan.module.css";

type WhoCanFilter = Omit<WhoCanRequest, "offset" | "limit">;

const ANY_SOURCE = "any";

/** Everybody with the answer to one question, and through what. */
export function WhoCanTab(props: TabProps) {
  const { question, choices } = props;
  const navigate = useNavigate();
  const form = useRef<HTMLDivElement>(null);
  const [show, setShow] = useState<Shown>("allowed");
  const [source, setSource] = useState<string | null>(null);
  const [search, setSearch] = useState("");
  const asked = useMemo(
    () => ({ question, show, source, search }),
    [question, show, source, search],
  );
  const settled = useSettled(asked);
  const request = useMemo((): WhoCanFilter | null => {
    const { what, when, server } = settled.question;
    if (!what) return null;
    return {
      what,
      place: placeOf(settled.question, choiceOf(what, choices)?.fields ?? []),
      at: when.kind === "at" ? when.instant : null,
      semantics: server,
      show: settled.show,
      source: settled.source,
      search: settled.search,
    };
  }, [settled, choices]);

  return (
    <div className={styles.split}>
      <div ref={form} className={styles.question} role="region" aria-label="Question">
        <QuestionForm {...props} problems={[]} asksWho={false} />
      </div>
      <section className={styles.listAnswer} aria-label="Who can?" aria-busy={settled !== asked}>
        {request && (
          <Answered
            request={request}
            show={show}
            onShow={(next) => {
              setShow(next);
              setSource(null);
            }}
            source={source}
            onSource={setSource}
            search={search}
            onSearch={setSearch}
            onAsk={(member) =>
              void navigate({
                to: "/simulator",
                search: addressOf({ ...question, who: "member", member }, "check"),
              })
            }
            onGoTo={(field) => focusField(form.current, field)}
          />
        )}
      </section>
    </div>
  );
}

/** How many roles are counted beside each other; all are in the list to choose from. */
const SOURCES_SHOWN = 5;

interface AnsweredProps {
  request: WhoCanFilter;
  show: Shown;
  onShow: (show: Shown) => void;
  source: string | null;
  onSource: (source: string | null) => void;
  search: string;
  onSearch: (search: string) => void;
  onAsk: (member: string) => void;
  onGoTo: (field: string) => void;
}

function Answered(props: AnsweredProps) {
  const { request, show, onShow, source, onSource, search, onSearch, onGoTo } = props;
  const pages = usePages("who_can", request);
  // The first page says what holds for the whole answer as well.
  const first = useRpc("who_can", { ...request, offset: 0, limit: FIRST }, { keepPrevious: true });
  const whole = first.data;
  if (first.error) {
    return (
      <ErrorState
        message={first.error.message}
        hint={first.error.hint}
        onRetry={() => void first.refetch()}
      />
    );
  }
  if (!whole) return <SkeletonRows label="everybody’s answers" rows={12} />;
  if (whole.problems.length > 0) return <Incomplete problems={whole.problems} onGoTo={onGoTo} />;
  const everybody = whole.allowed + whole.denied + whole.open;
  return (
    <>
      <div className={styles.whoHead}>
        <p className={styles.whoSentence} role="status">
          <b className="strong">{formatCount(whole.allowed)}</b> of{" "}
          {formatQuantity(everybody, "user or identity", "users and identities")} may
          {request.at !== null && `, at ${formatInstant(Date.parse(request.at))}`}
          {whole.open > 0 && `; for ${formatCount(whole.open)} it is open`}.
        </p>
        <ExportMenu name="who-can" rows={() => allRows(request)} />
      </div>
      <Remarks remarks={whole.remarks} onGoTo={onGoTo} />
      <div className={whoCanStyles.whoFilters}>
        <SegmentedControl
          label="Answer"
          segments={segments(whole)}
          value={show}
          onChange={onShow}
        />
        {show === "allowed" && whole.sources.length > 1 && (
          <Select
            label="Through"
            hideLabel
            options={[
              { id: ANY_SOURCE, label: "Through anything" },
              ...whole.sources.map(({ key, name, members }) => ({
                id: key,
                label: name || "Additional privileges",
                description: formatQuantity(members, "member"),
              })),
            ]}
            value={source ?? ANY_SOURCE}
            onChange={(key) => onSource(key === ANY_SOURCE ? null : key)}
          />
        )}
        <SearchField label="Filter by name or address…" value={search} onChange={onSearch} />
      </div>
      {show === "allowed" && whole.sources.length > 1 && (
        <div className={whoCanStyles.bySource} role="group" aria-label="By role">
          {whole.sources.slice(0, SOURCES_SHOWN).map(({ key, name, members }) => (
            <button
              key={key}
              type="button"
              className={whoCanStyles.sourceCount}
              aria-pressed={source === key}
              onClick={() => onSource(source === key ? null : key)}
            >
              {name || "Additional privileges"} <span className="num">{formatCount(members)}</span>
            </button>
          ))}
          {whole.sources.length > SOURCES_SHOWN && (
            <span className="faint">
              and {formatQuantity(whole.sources.length - SOURCES_SHOWN, "more source")}
            </span>
          )}
        </div>
      )}
      <WhoTable {...props} pages={pages} folders={whole.folders} />
    </>
  );
}

type WhoPages = ReturnType<typeof usePages<"who_can">>;

function WhoTable({
  request,
  show,
  onAsk,
  pages,
  folders,
}: AnsweredProps & { pages: WhoPages; folders: number }) {
  const { href } = useLocation();
  const listKey = JSON.stringify(request);
  const place = useListPosition(`${href} ${show}`);
  const columns = useMemo(() => whoCanColumns(folders, show), [folders, show]);
  if (pages.total === undefined) return <SkeletonRows label="members" rows={12} />;
  return (
    <VirtualTable<WhoCanRow>
      label="Who can?"
      listKey={listKey}
      columns={columns}
      rowCount={pages.total}
      rowAt={pages.rowAt}
      rowKey={({ member }) => member.id}
      onRangeChange={pages.onRangeChange}
      typeAheadText={({ member }) => member.name}
      onOpen={({ member }) => onAsk(member.id)}
      {...place}
      empty={
        <EmptyState icon={Users} title={NOBODY[show]}>
          {request.search !== "" || request.source !== null
            ? "Nobody matches the filter."
            : "The other answers are beside this one."}
        </EmptyState>
      }
    />
  );
}

const NOBODY: Record<Shown, string> = {
  allowed: "Nobody may",
  denied: "Everybody may",
  open: "Nothing is open",
  all: "There is nobody",
};

function segments({ allowed, open, denied }: WhoCanAnswer) {
  return [
    { id: "allowed", label: "May", count: allowed, tone: "allow" },
    ...(open > 0 ? [{ id: "open", label: "Open", count: open } as const] : []),
    { id: "denied", label: "May not", count: denied, tone: "forbid" },
  ] as const;
}

const FIRST = 1;
const SLICE = 500;

/** All rows of an answer as a table of texts. */
async function allRows(request: WhoCanFilter) {
  const rows: WhoCanRow[] = [];
  for (;;) {
    const answer = await rpc("who_can", { ...request, offset: rows.length, limit: SLICE });
    rows.push(...answer.rows);
    if (answer.rows.length === 0 || rows.length >= answer.total) break;
  }
  return table(
    ["id", "kind", "name", "address", "answer", "through", "until", "folders"],
    rows.map(({ member, detail, outcome, sources, until, reach }) => [
      member.id,
      member.kind,
      member.name,
      detail,
      outcomeWords(outcome),
      sources.map(sourceWords).join("; "),
      until ?? "",
      reach === null ? "" : String(reach),
    ]),
  );
}
