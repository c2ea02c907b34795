import { Link } from "@tanstack/react-router";
import { ArrowLeft, History, SearchX } from "lucide-react";
import type { HistoryEntryView } from "../../api/generated/commands";
import { useHistory, useHistoryCheck } from "../../api/history";
import { useDeed } from "../../api/queries";
import { Avatar } from "../../components/avatar/Avatar";
import { Button } from "../../components/button/Button";
import { Journal } from "../../components/journal/Journal";
import { Page, PageHeader } from "../../components/page/PageHeader";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { errorToast, toast } from "../../components/toast/toasts";
import { Breaks, ChainState } from "./ChainState";
import { EntryDetails } from "./EntryDetails";
import { ExportMenu } from "./ExportMenu";
import { HistoryFilters } from "./HistoryFilters";
import styles from "./HistoryScreen.module.css";
import { useHistorySearch } from "./useHistorySearch";

/** What was done in the project, newest first. */
export function HistoryScreen() {
  const search = useHistorySearch();
  const { check } = useHistoryCheck();
  const { entry } = search.search;
  return (
    <Page>
      <PageHeader
        title="History"
        actions={
          <>
            <ChainState />
            <ExportMenu filter={search.filter} isFiltered={search.isFiltered} />
          </>
        }
      />
      {check && check.breaks.length > 0 && (
        <div className={styles.broken}>
          <Breaks breaks={check.breaks} />
        </div>
      )}
      {entry === undefined ? (
        <>
          <HistoryFilters search={search} />
          <Entries search={search} />
        </>
      ) : (
        <div className={styles.single}>
          <Button variant="ghost" icon={ArrowLeft} onPress={search.clear}>
            All entries
          </Button>
          <EntryDetails id={entry} />
        </div>
      )}
    </Page>
  );
}

function Entries({ search }: { search: ReturnType<typeof useHistorySearch> }) {
  const history = useHistory(search.filter);
  const undo = useDeed("undo");
  const { entries, error, hasOlder } = history;
  if (!entries) {
    return error ? (
      <ErrorState message={error.message} hint={error.hint} onRetry={history.retry} />
    ) : (
      <SkeletonRows label="the history" rows={12} />
    );
  }
  const isEmpty = entries.length === 0 && !hasOlder;
  return (
    <>
      {error && (
        <ErrorState look="bar" message={error.message} hint={error.hint} onRetry={history.retry} />
      )}
      {isEmpty && <NoEntries search={search} />}
      {!isEmpty && (
        <div className={styles.scroll}>
          <Journal
            label="What was done"
            entries={entries}
            whose={whose}
            details={({ id }) => <EntryDetails id={id} />}
            onUndo={({ id }) =>
              undo.mutate(
                { history: id },
                {
                  onSuccess: ({ sentence }) => toast(sentence),
                  onError: ({ message, hint }) => errorToast(`${message}. ${hint}`),
                },
              )
            }
            undoing={undo.isPending ? undo.variables.history : undefined}
            hasOlder={hasOlder}
            onOlder={history.readOlder}
          />
        </div>
      )}
    </>
  );
}

function NoEntries({ search }: { search: ReturnType<typeof useHistorySearch> }) {
  if (search.isFiltered) {
    return (
      <EmptyState
        icon={SearchX}
        title="Nothing matches"
        action={<Button onPress={search.clear}>Clear filters</Button>}
      >
        No entry of the history fits these filters.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={History} title="Nothing was done yet">
      Every change made here will be listed with what it replaced, and can be taken back.
    </EmptyState>
  );
}

function whose({ member, deed }: HistoryEntryView) {
  if (member) {
    return (
      <>
        <Avatar name={member.name} kind={member.kind} />
        <Link to="/members/$member" params={{ member: member.id }} className="truncate">
          {member.name}
        </Link>
      </>
    );
  }
  // A deed done to a role is nobody's access in particular.
  return deed.startsWith("privilege.") ? (
    <span className="faint">a member that is gone</span>
  ) : null;
}
