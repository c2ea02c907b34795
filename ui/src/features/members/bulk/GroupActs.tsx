import { useMemo, useState } from "react";
import type { BulkDialogProps } from "../../../api/bulkActs";
import type { MembersAct } from "../../../api/generated/commands";
import type { Option } from "../../../components/list/Option";
import { formatQuantity } from "../../../lib/numbers";
import { ActDialog } from "./ActDialog";
import { GroupField } from "./GroupField";

/** Puts the chosen members into a group. */
export function AddToGroupDialog(props: BulkDialogProps) {
  return (
    <GroupDialog
      {...props}
      kind="addToGroup"
      verb="Add"
      words="to a group"
      into="would join"
      description="They get the roles of the group for as long as they are in it."
    />
  );
}

/** Takes the chosen members out of a group. */
export function RemoveFromGroupDialog(props: BulkDialogProps) {
  return (
    <GroupDialog
      {...props}
      kind="removeFromGroup"
      verb="Remove"
      words="from a group"
      into="would leave"
      description="They lose the roles that they have through it."
    />
  );
}

interface GroupDialogProps extends BulkDialogProps {
  kind: "addToGroup" | "removeFromGroup";
  verb: string;
  words: string;
  into: string;
  description: string;
}

function GroupDialog({
  selection,
  count,
  only,
  kind,
  verb,
  words,
  into,
  description,
  onClose,
  onDone,
}: GroupDialogProps) {
  const [group, setGroup] = useState<Option | null>(null);
  const act = useMemo<MembersAct | null>(
    () => (group === null ? null : { kind, group: group.id }),
    [group, kind],
  );
  return (
    <ActDialog
      title={`${verb} ${only ? only.name : formatQuantity(count, "member")} ${words}`}
      description={description}
      selection={selection}
      act={act}
      commitLabel={(affected) =>
        only || affected === undefined ? verb : `${verb} ${formatQuantity(affected, "member")}`
      }
      consequence={({ affected }) =>
        !only && `${formatQuantity(affected, "member")} ${into} ${group?.label ?? ""}.`
      }
      onClose={onClose}
      onDone={onDone}
    >
      {() => <GroupField value={group} onChange={setGroup} />}
    </ActDialog>
  );
}
