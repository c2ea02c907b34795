import type { MemberRef } from "../../../api/generated/commands";
import { useRpc } from "../../../api/queries";
import { ActDialog } from "../bulk/ActDialog";

export interface LeaveGroupDialogProps {
  member: MemberRef;
  group: MemberRef;
  onClose: () => void;
}

/** Takes one member out of one group, and says before which roles go with it. */
export function LeaveGroupDialog({ member, group, onClose }: LeaveGroupDialogProps) {
  const { data } = useRpc("member_detail", { member: member.id });
  const lost = data?.roles.filter(({ through }) => through?.id === group.id);
  return (
    <ActDialog
      title={`Remove ${member.name} from ${group.name}`}
      selection={{ kind: "members", members: [member.id] }}
      act={{ kind: "removeFromGroup", group: group.id }}
      commitLabel={() => "Remove"}
      consequence={() => lost && consequence(lost.map(({ name }) => name))}
      onClose={onClose}
      onDone={onClose}
    />
  );
}

function consequence(roles: readonly string[]): string {
  if (roles.length === 0) return "The group has no roles, so nothing else changes.";
  const names = new Intl.ListFormat("en").format(roles);
  return `They lose the ${roles.length === 1 ? "role" : "roles"} that they have through it: ${names}.`;
}
