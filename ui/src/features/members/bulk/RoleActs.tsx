import { useMemo, useState } from "react";
import type { BulkDialogProps } from "../../../api/bulkActs";
import type { DurationDraft, MembersAct } from "../../../api/generated/commands";
import type { Option } from "../../../components/list/Option";
import { formatQuantity } from "../../../lib/numbers";
import { useSettled } from "../../../lib/useSettled";
import { ActDialog } from "./ActDialog";
import { LastingField } from "./LastingField";
import { RoleField } from "./RoleField";

/** Gives a role to the chosen members. */
export function AddRoleDialog({ selection, count, only, onClose, onDone }: BulkDialogProps) {
  const [role, setRole] = useState<Option | null>(null);
  const [duration, setDuration] = useState<DurationDraft>({ kind: "permanent" });
  const act = useMemo<MembersAct | null>(
    () => (role === null ? null : { kind: "addRole", role: role.id, duration }),
    [role, duration],
  );
  const settled = useSettled(act);
  return (
    <ActDialog
      title={only ? `Add role to ${only.name}` : `Add role to ${formatQuantity(count, "member")}`}
      selection={selection}
      act={act === null ? null : settled}
      commitLabel={(affected) =>
        only || affected === undefined ? "Add role" : `Add to ${formatQuantity(affected, "member")}`
      }
      consequence={({ affected }) =>
        !only && `${formatQuantity(affected, "member")} would get the role ${role?.label ?? ""}.`
      }
      onClose={onClose}
      onDone={onDone}
    >
      {(problem) => (
        <>
          <RoleField value={role} onChange={setRole} />
          <LastingField value={duration} onChange={setDuration} error={problem("duration")} />
        </>
      )}
    </ActDialog>
  );
}

/** Takes a role from the chosen members. */
export function RemoveRoleDialog({ selection, count, only, onClose, onDone }: BulkDialogProps) {
  const [role, setRole] = useState<Option | null>(null);
  const act = useMemo<MembersAct | null>(
    () => (role === null ? null : { kind: "removeRole", role: role.id }),
    [role],
  );
  return (
    <ActDialog
      title={
        only
          ? `Remove role from ${only.name}`
          : `Remove role from ${formatQuantity(count, "member")}`
      }
      description="What they have through a group stays."
      selection={selection}
      act={act}
      commitLabel={(affected) =>
        only || affected === undefined
          ? "Remove role"
          : `Remove from ${formatQuantity(affected, "member")}`
      }
      consequence={({ affected }) =>
        !only && `${formatQuantity(affected, "member")} would lose the role ${role?.label ?? ""}.`
      }
      onClose={onClose}
      onDone={onDone}
    >
      {() => <RoleField value={role} onChange={setRole} />}
    </ActDialog>
  );
}
