import { History } from "lucide-react";
import { useState } from "react";
import type { HistorySide } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { useIsLocal } from "../../api/useIsLocal";
import { Button } from "../../components/button/Button";
import { CopyButton } from "../../components/copy/CopyButton";
import { Changes } from "../../components/journal/Changes";
import { Diff } from "../../components/journal/Diff";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { formatInstantExact } from "../../lib/time";
import styles from "./HistoryScreen.module.css";
import { RestoreDialog } from "./RestoreDialog";

/** What an entry of the history changed, and the way back. */
export function EntryDetails({ id }: { id: string }) {
  const { data, error, refetch, isFetching } = useRpc("history_entry", { history: id });
  const [asText, setAsText] = useState(false);
  const [side, setSide] = useState<HistorySide | null>(null);
  const isLocal = useIsLocal();
  if (error) {
    return (
      <ErrorState
        look="bar"
        message={error.message}
        hint={error.hint}
        onRetry={() => void refetch()}
        isRetrying={isFetching}
      />
    );
  }
  if (!data) return <SkeletonRows rows={3} label="what was changed" />;
  const { entry, changes } = data;
  const isText = asText || changes === null;
  return (
    <div className={styles.details}>
      <dl className={styles.facts}>
        <dt>Who</dt>
        <dd>{entry.author === "" ? <span className="faint">not recorded</span> : entry.author}</dd>
        <dt>When</dt>
        <dd className="num">{formatInstantExact(Date.parse(entry.at))}</dd>
        {entry.reason !== "" && (
          <>
            <dt>Why</dt>
            <dd>{entry.reason}</dd>
          </>
        )}
        <dt>Entry</dt>
        <dd className={styles.number}>
          <span className="num">{data.number}</span>
          <code className={styles.fingerprint} title={data.fingerprint}>
            {data.fingerprint.slice(0, 12)}…
          </code>
          <CopyButton text={data.fingerprint} what="fingerprint" />
        </dd>
      </dl>
      {isText ? <Diff before={data.before} after={data.after} /> : <Changes changes={changes} />}
      <div className={styles.acts}>
        {isLocal && data.before !== null && (
          <Button size="small" icon={History} onPress={() => setSide("before")}>
            Restore as before…
          </Button>
        )}
        {isLocal && data.after !== null && (
          <Button size="small" icon={History} onPress={() => setSide("after")}>
            Restore as after…
          </Button>
        )}
        {isLocal && data.before === null && (
          <Button size="small" icon={History} onPress={() => setSide("before")}>
            Restore as before…
          </Button>
        )}
        {changes !== null && (
          <Button size="small" variant="ghost" onPress={() => setAsText(!asText)}>
            {asText ? "Show in words" : "Show as JSON"}
          </Button>
        )}
      </div>
      {side !== null && <RestoreDialog entry={entry} side={side} onClose={() => setSide(null)} />}
    </div>
  );
}
