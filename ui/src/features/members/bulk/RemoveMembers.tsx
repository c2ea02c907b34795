import type { BulkDialogProps } from "../../../api/bulkActs";
import type { MembersActPreview } from "../../../api/generated/commands";
import { formatQuantity } from "../../../lib/numbers";
import { ActDialog } from "./ActDialog";

const REMOVE = { kind: "remove" } as const;

/** Removes the chosen members from the project, with all they have. */
export function RemoveMembersDialog({ selection, count, only, onClose, onDone }: BulkDialogProps) {
  return (
    <ActDialog
      title={`Remove ${only ? only.name : formatQuantity(count, "member")} from the project?`}
      description="It can be taken back: here at once, and later in the history."
      selection={selection}
      act={REMOVE}
      tone="danger"
      commitLabel={(affected) =>
        only || affected === undefined ? "Remove" : `Remove ${formatQuantity(affected, "member")}`
      }
      consequence={losses}
      onClose={onClose}
      onDone={onDone}
    />
  );
}

function losses({
  losesRoles,
  losesPrivileges,
  losesFolderGrants,
  losesMemberships,
}: MembersActPreview): string {
  const parts = [
    losesRoles > 0 && formatQuantity(losesRoles, "role assignment"),
    losesPrivileges > 0 && formatQuantity(losesPrivileges, "additional privilege"),
    losesFolderGrants > 0 && formatQuantity(losesFolderGrants, "folder grant"),
    losesMemberships > 0 && formatQuantity(losesMemberships, "group membership"),
  ].filter((part) => part !== false);
  if (parts.length === 0) return "Nothing else goes with them.";
  return `This goes with them: ${new Intl.ListFormat("en").format(parts)}.`;
}
