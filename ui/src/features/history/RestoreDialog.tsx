import { useState } from "react";
import type { HistoryEntryView, HistorySide } from "../../api/generated/commands";
import { useDeed, useRpc } from "../../api/queries";
import { Button } from "../../components/button/Button";
import { Dialog } from "../../components/dialog/Dialog";
import { TextField } from "../../components/field/TextField";
import { Changes } from "../../components/journal/Changes";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { errorToast, toast } from "../../components/toast/toasts";
import { formatInstant } from "../../lib/time";
import styles from "./HistoryScreen.module.css";

export interface RestoreDialogProps {
  entry: HistoryEntryView;
  side: HistorySide;
  onClose: () => void;
}

/** Shows what restoring would change from how things are now, and does it. */
export function RestoreDialog({ entry, side, onClose }: RestoreDialogProps) {
  const [reason, setReason] = useState("");
  const request = { history: entry.id, side };
  const preview = useRpc("preview_restore", request);
  const restore = useDeed("restore");
  const undo = useDeed("undo");
  const refusal = preview.data?.refusal ?? null;

  const go = () =>
    restore.mutate(
      { ...request, reason },
      {
        onSuccess: ({ sentence, history }) => {
          onClose();
          toast(sentence, {
            undo: () =>
              undo.mutate(
                { history },
                { onError: ({ message, hint }) => errorToast(`${message}. ${hint}`) },
              ),
          });
        },
      },
    );

  return (
    <Dialog
      title={side === "before" ? "Restore as it was before" : "Restore as it was after"}
      description={`“${entry.sentence}”, ${formatInstant(Date.parse(entry.at))}`}
      width="wide"
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      footer={
        <>
          <Button variant="secondary" onPress={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            isDisabled={!preview.data || refusal !== null}
            isPending={restore.isPending}
            onPress={go}
          >
            Restore
          </Button>
        </>
      }
    >
      <div className={styles.restore}>
        {preview.error && (
          <ErrorState
            look="bar"
            message={preview.error.message}
            hint={preview.error.hint}
            onRetry={() => void preview.refetch()}
          />
        )}
        {restore.error && (
          <ErrorState look="bar" message={restore.error.message} hint={restore.error.hint} />
        )}
        {preview.isPending && <SkeletonRows rows={4} label="what would change" />}
        {preview.data && refusal !== null && (
          <ErrorState
            look="bar"
            message={
              preview.data.changes.length === 0 ? "Nothing to restore" : "This cannot be restored"
            }
            hint={refusal}
          />
        )}
        {preview.data && preview.data.changes.length > 0 && (
          <>
            <p className="muted">
              {refusal === null
                ? "This changes from how things are now. It becomes an entry of its own, which can be undone."
                : "It would change:"}
            </p>
            <Changes changes={preview.data.changes} />
          </>
        )}
        {preview.data && refusal === null && (
          <TextField label="Reason" value={reason} onChange={setReason} />
        )}
      </div>
    </Dialog>
  );
}
