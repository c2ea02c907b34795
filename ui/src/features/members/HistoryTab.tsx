import { History } from "lucide-react";
import type { MemberDetail } from "../../api/generated/commands";
import { useHistory } from "../../api/history";
import { useDeed } from "../../api/queries";
import { Journal } from "../../components/journal/Journal";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { errorToast, toast } from "../../components/toast/toasts";
import styles from "./MemberScreen.module.css";

/** What was done to this member's access, newest first. */
export function HistoryTab({ member: { id, name } }: { member: MemberDetail }) {
  const history = useHistory(id);
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
