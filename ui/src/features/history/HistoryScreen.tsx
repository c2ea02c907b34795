import { Link } from "@tanstack/react-router";
import { History } from "lucide-react";
import { useHistory } from "../../api/history";
import { useDeed } from "../../api/queries";
import { Avatar } from "../../components/avatar/Avatar";
import { Journal } from "../../components/journal/Journal";
import { Page, PageHeader } from "../../components/page/PageHeader";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { errorToast, toast } from "../../components/toast/toasts";
import styles from "./HistoryScreen.module.css";

/** What was done in the project, newest first. */
export function HistoryScreen() {
  const history = useHistory(null);
  const undo = useDeed("undo");
  return (
    <Page>
      <PageHeader title="History" ruled />
      {history.error && (
        <ErrorState
          look={history.entries ? "bar" : "page"}
          message={history.error.message}
          hint={history.error.hint}
          onRetry={history.retry}
        />
      )}
      {!history.entries && !history.error && <SkeletonRows label="the history" rows={12} />}
      {history.entries?.length === 0 && (
        <EmptyState icon={History} title="Nothing was done yet">
          Every change made here will be listed with what it replaced, and can be taken back.
        </EmptyState>
      )}
      {history.entries && history.entries.length > 0 && (
        <div className={styles.scroll}>
          <Journal
            label="What was done"
            entries={history.entries}
            whose={({ member }) =>
              member ? (
                <>
                  <Avatar name={member.name} kind={member.kind} />
                  <Link to="/members/$member" params={{ member: member.id }} className="truncate">
                    {member.name}
                  </Link>
                </>
              ) : (
                <span className="faint">a member that is gone</span>
              )
            }
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
            hasOlder={history.hasOlder}
            onOlder={history.readOlder}
          />
        </div>
      )}
    </Page>
  );
}
