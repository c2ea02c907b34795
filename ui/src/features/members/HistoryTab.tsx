import { Link } from "@tanstack/react-router";
import { History } from "lucide-react";
import { useMemo } from "react";
import type { MemberDetail } from "../../api/generated/commands";
import { EVERYTHING, useHistory } from "../../api/history";
import { useDeed, useRpc } from "../../api/queries";
import { Changes } from "../../components/journal/Changes";
import { Diff } from "../../components/journal/Diff";
import { Journal } from "../../components/journal/Journal";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { errorToast, toast } from "../../components/toast/toasts";
import styles from "./MemberScreen.module.css";

/** What was done to this member's access, newest first. */
export function HistoryTab({ member: { id, name } }: { member: MemberDetail }) {
  const filter = useMemo(() => ({ ...EVERYTHING, member: id }), [id]);
  const history = useHistory(filter);
  const undo = useDeed("undo");
  const { entries, error } = history;
  return (
    <div className={styles.tab}>
      {error && (
        <ErrorState
          look={entries ? "bar" : "page"}
          message={error.message}
          hint={error.hint}
          onRetry={history.retry}
        />
      )}
      {!entries && !error && <SkeletonRows label="the history" rows={8} />}
      {entries?.length === 0 && (
        <EmptyState icon={History} title="Nothing was done here yet">
          Changes of the access of {name} that are made in Reeve will be listed here.
        </EmptyState>
      )}
      {entries && entries.length > 0 && (
        <Journal
          label={`What was done to ${name}`}
          entries={entries}
          details={(entry) => <EntryChanges id={entry.id} />}
          onUndo={(entry) =>
            undo.mutate(
              { history: entry.id },
              {
                onSuccess: ({ sentence }) => toast(sentence),
                onError: ({ message, hint }) => errorToast(`${message}. ${hint}`),
              },
            )
          }
          undoing={undo.isPending ? undo.variables.history : undefined}
          hasOlder={history.hasOlder}
          onOlder={history.readOlder}
        />
      )}
    </div>
  );
}

/** What an entry changed; the way back is in the history of the project. */
function EntryChanges({ id }: { id: string }) {
  const { data, error } = useRpc("history_entry", { history: id });
  if (error) return <ErrorState look="bar" message={error.message} hint={error.hint} />;
  if (!data) return <SkeletonRows rows={2} label="what was changed" />;
  return (
    <div className={styles.entry}>
      {data.entry.reason !== "" && <p className="muted">{data.entry.reason}</p>}
      {data.changes ? (
        <Changes changes={data.changes} />
      ) : (
        <Diff before={data.before} after={data.after} />
      )}
      <p>
        <Link to="/history" search={{ entry: id }}>
          Open in the history
        </Link>
      </p>
    </div>
  );
}
