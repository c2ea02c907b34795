import { useNavigate } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { useRpc } from "../../api/queries";
import type { Shown, WhoCanAnswer, WhoCanRequest } from "../../api/generated/commands";
import { SearchField } from "../../components/field/SearchField";
import { SegmentedControl } from "../../components/segmented/SegmentedControl";
import { Select } from "../../components/select/Select";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
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
import { choiceOf } from "./whats";
import { whoCanTable } from "./whoCanTable";
import { WhoTable } from "./WhoTable";
import styles from "./screen.module.css";

/** A question about everybody, and what of the answer is wanted. */
export type WhoCanFilter = Omit<WhoCanRequest, "offset" | "limit" | "closed">;

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
  // The first page says what holds for the whole answer as well.
  const first = useRpc(
    "who_can",
    { ...request, closed: [], offset: 0, limit: FIRST },
    { keepPrevious: true },
  );
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
        <ExportMenu name="who-can" rows={() => whoCanTable(request)} />
      </div>
      <Remarks remarks={whole.remarks} onGoTo={onGoTo} />
      <div className={styles.whoFilters}>
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
                label: name,
                description: formatQuantity(members, "member"),
              })),
            ]}
            value={source ?? ANY_SOURCE}
            onChange={(key) => onSource(key === ANY_SOURCE ? null : key)}
          />
        )}
        <SearchField label="Filter by name or address…" value={search} onChange={onSearch} />
      </div>
      <WhoTable request={request} onAsk={props.onAsk} folders={whole.folders} />
    </>
  );
}

function segments({ allowed, open, denied }: WhoCanAnswer) {
  return [
    { id: "allowed", label: "May", count: allowed, tone: "allow" },
    ...(open > 0 ? [{ id: "open", label: "Open", count: open } as const] : []),
    { id: "denied", label: "May not", count: denied, tone: "forbid" },
  ] as const;
}

const FIRST = 1;
