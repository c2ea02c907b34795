import { CircleSlash2 } from "lucide-react";
import type { ReactNode, SyntheticEvent } from "react";
import type {
  MembersAct,
  MembersActPreview,
  MemberSelection,
  PassedOver,
} from "../../../api/generated/commands";
import { useDeed, useRpc } from "../../../api/queries";
import { Button } from "../../../components/button/Button";
import { Dialog } from "../../../components/dialog/Dialog";
import { ErrorState } from "../../../components/state/ErrorState";
import { formatCount, formatQuantity } from "../../../lib/numbers";
import { sayDone } from "../sayDone";
import styles from "./bulk.module.css";

export interface ActDialogProps {
  title: string;
  description?: string;
  selection: MemberSelection;
  /** What would be done; null while something is still to be chosen. */
  act: MembersAct | null;
  /** What the deciding button says: "Remove 3 members". */
  commitLabel: (affected: number | undefined) => string;
  /** What the act means, said once it is known what it changes. */
  consequence?: (preview: MembersActPreview) => ReactNode;
  tone?: "danger";
  /** The fields; given what is wrong with each. */
  children?: (problem: (field: string) => string | undefined) => ReactNode;
  onClose: () => void;
  onDone: () => void;
}

/** Asks for an act on the chosen members, and shows before what it would change and whom it misses. */
export function ActDialog({
  title,
  description,
  selection,
  act,
  commitLabel,
  consequence,
  tone,
  children,
  onClose,
  onDone,
}: ActDialogProps) {
  const request = { selection, act: act ?? ({ kind: "remove" } as const) };
  const asked = useRpc("preview_members_act", request, {
    enabled: act !== null,
    keepPrevious: true,
  });
  const deed = useDeed("act_on_members");
  const preview = act === null ? undefined : asked.data;
  const error = deed.error ?? asked.error;
  const affected = preview?.affected;
  const cannot = act === null || affected === 0 || (preview?.problems.length ?? 0) > 0;

  const commit = (event?: SyntheticEvent) => {
    event?.preventDefault();
    if (cannot || deed.isPending || asked.isPlaceholderData || !preview) return;
    deed.mutate(
      { selection, act },
      {
        onSuccess: (answer) => {
          if (answer.outcome === "nothing") {
            void asked.refetch();
            return;
          }
          sayDone(answer.done);
          onDone();
        },
      },
    );
  };

  return (
    <Dialog
      title={title}
      {...(description === undefined ? {} : { description })}
      isOpen
      kind={tone === "danger" ? "alert" : "plain"}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      footer={
        <>
          <Button variant="ghost" onPress={onClose}>
            Cancel
          </Button>
          <Button
            variant={tone === "danger" ? "danger" : "primary"}
            isDisabled={cannot}
            isPending={deed.isPending}
            onPress={() => commit()}
          >
            {commitLabel(affected)}
          </Button>
        </>
      }
    >
      {error && (
        <ErrorState
          look="bar"
          message={error.message}
          hint={error.hint}
          onRetry={error.retry ? () => (deed.error ? commit() : void asked.refetch()) : undefined}
        />
      )}
      {children && (
        <form className={styles.fields} noValidate onSubmit={commit}>
          {children(
            (field) => preview?.problems.find((problem) => problem.field === field)?.message,
          )}
        </form>
      )}
      <div aria-live="polite" className={styles.effect}>
        {preview?.problems.length === 0 && (
          <>
            {affected === 0 ? (
              <p>
                {preview.chosen === 0
                  ? "Nobody of them is in the project any more: they were removed meanwhile."
                  : "Nobody would be changed."}
              </p>
            ) : (
              consequence && <p>{consequence(preview)}</p>
            )}
            <PassedOverList list={preview.passedOver} />
          </>
        )}
      </div>
    </Dialog>
  );
}

function PassedOverList({ list }: { list: readonly PassedOver[] }) {
  if (list.length === 0) return null;
  return (
    <ul className={styles.passed}>
      {list.map(({ reason, count, members }) => (
        <li key={reason}>
          <CircleSlash2 size={14} className={styles.passedIcon} aria-hidden="true" />
          <div>
            <p>
              {formatQuantity(count, "member")} passed over: {reason}
            </p>
            <p className="muted">
              {members.map(({ name }) => name).join(", ")}
              {count > members.length && ` and ${formatCount(count - members.length)} more`}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
