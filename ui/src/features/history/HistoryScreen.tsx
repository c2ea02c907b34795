import { History } from "lucide-react";
import { useRpc } from "../../api/queries";
import { Card, CardRow } from "../../components/card/Card";
import { Page, PageHeader } from "../../components/page/PageHeader";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { Ago } from "../../components/timed/Timed";
import styles from "./HistoryScreen.module.css";

const NEWEST = { member: null, before: null, limit: 200 };

/** What was done in the project, newest first. */
export function HistoryScreen() {
  const history = useRpc("history", NEWEST);
  return (
    <Page scrolls>
      <PageHeader title="History" ruled />
      {history.error && (
        <ErrorState
          message={history.error.message}
          hint={history.error.hint}
          onRetry={() => void history.refetch()}
        />
      )}
      {history.isPending && <SkeletonRows label="the history" />}
      {history.data?.entries.length === 0 && (
        <EmptyState icon={History} title="Nothing was done yet">
          Every change that is made here will be listed, with what it replaced.
        </EmptyState>
      )}
      {history.data && history.data.entries.length > 0 && (
        <div className={styles.entries}>
          <Card>
            {history.data.entries.map(({ id, at, sentence, reason }) => (
              <CardRow key={id}>
                <span>{sentence}</span>
                <span className="faint truncate">{reason}</span>
                <span className={styles.when}>
                  <Ago at={at} />
                </span>
              </CardRow>
            ))}
          </Card>
        </div>
      )}
    </Page>
  );
}
