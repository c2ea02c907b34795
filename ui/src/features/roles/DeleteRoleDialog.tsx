import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { DeleteRoleAnswer } from "../../api/generated/commands";
import { asRpcError, type RpcError } from "../../api/error";
import { useRpc } from "../../api/queries";
import { rpc } from "../../api/rpc";
import { Button } from "../../components/button/Button";
import { Dialog } from "../../components/dialog/Dialog";
import { Select } from "../../components/select/Select";
import { Standing } from "../../components/standing/Standing";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { errorToast, toast } from "../../components/toast/toasts";
import { formatCount, formatQuantity } from "../../lib/numbers";
import type { RoleWords } from "./RoleDialogs";
import styles from "./roles.module.css";

export interface DeleteRoleDialogProps {
  role: RoleWords;
  onClose: () => void;
  onDeleted?: (() => void) | undefined;
}

/** Asks before a role goes. One that is held goes only with another one in its place. */
export function DeleteRoleDialog({ role, onClose, onDeleted }: DeleteRoleDialogProps) {
  const detail = useRpc("role_detail", { role: role.id });
  const list = useRpc("list_roles", {});
  const [instead, setInstead] = useState<string | null>(null);
  const [error, setError] = useState<RpcError | null>(null);
  const [isDeleting, setDeleting] = useState(false);
  const held = detail.data ? detail.data.members + detail.data.groups : undefined;
  const mustChoose = held !== undefined && held > 0 && instead === null;

  const remove = async () => {
    setDeleting(true);
    setError(null);
    try {
      const answer = await rpc("delete_role", { role: role.id, reassignTo: instead });
      if (answer.outcome === "held") void detail.refetch();
      else {
        onClose();
        onDeleted?.();
        said(answer);
      }
    } catch (thrown) {
      setError(asRpcError(thrown));
    } finally {
      setDeleting(false);
    }
  };

  return (
    <Dialog
      kind="alert"
      title={`Delete the role ${role.name}?`}
      description={
        held === 0 ? "Nobody has it. You can take this back from the history." : undefined
      }
      isOpen
      onOpenChange={onClose}
      width="medium"
      footer={
        <>
          <Button variant="ghost" autoFocus onPress={onClose}>
            Cancel
          </Button>
          <Button
            variant="danger"
            isDisabled={held === undefined || mustChoose}
            isPending={isDeleting}
            onPress={() => void remove()}
          >
            {held !== undefined && held > 0 ? "Reassign and delete" : "Delete role"}
          </Button>
        </>
      }
    >
      {error && <ErrorState look="bar" message={error.message} hint={error.hint} />}
      {!detail.data && <SkeletonRows label="holders" rows={3} />}
      {detail.data && held !== undefined && held > 0 && (
        <div className={styles.holding}>
          <p>
            <b className="strong">{formatQuantity(held, "assignment")}</b> would be without a role.
            Give its holders another one in its place, each for as long as they have this one.
          </p>
          <Select
            label="Role instead"
            options={(list.data?.roles ?? [])
              .filter(({ id }) => id !== role.id)
              .map(({ id, name, slug }) => ({ id, label: name, slug }))}
            value={instead}
            onChange={setInstead}
            placeholder="Choose a role…"
          />
          <ul className={styles.holders} aria-label={`Who has ${role.name}`}>
            {detail.data.holders.map(({ member, standing }, index) => (
              <li key={index}>
                <Link to="/members/$member" params={{ member: member.id }} className="truncate">
                  {member.name}
                </Link>
                {member.kind === "group" && <span className="faint">group</span>}
                <Standing standing={standing} />
              </li>
            ))}
            {held > detail.data.holders.length && (
              <li className="faint">and {formatCount(held - detail.data.holders.length)} more</li>
            )}
          </ul>
        </div>
      )}
    </Dialog>
  );
}

function said(answer: Extract<DeleteRoleAnswer, { outcome: "removed" }>): void {
  toast(answer.sentence, {
    undo: () =>
      void rpc("undo", { history: answer.history }).catch((thrown: unknown) => {
        errorToast(asRpcError(thrown).message);
      }),
  });
}
