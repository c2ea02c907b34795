import type { MemberRef } from "../../../api/generated/commands";
import { useRpc } from "../../../api/queries";
import { AddToGroupDialog } from "../bulk/GroupActs";
import { RemoveMembersDialog } from "../bulk/RemoveMembers";
import { MemberDialog } from "./MemberDialog";
import { GiveRoleDialog } from "./GiveRoleDialog";
import { LeaveGroupDialog } from "./LeaveGroupDialog";

/** What is asked about one member. */
export interface AskedOfMember {
  act: "edit" | "remove" | "giveRole" | "addToGroup" | "leaveGroup";
  member: MemberRef;
  /** The group to leave. */
  group?: MemberRef;
}

export interface MemberDialogsProps {
  asked: AskedOfMember | null;
  onClose: () => void;
  onRemoved?: () => void;
}

/** The dialog of the act on one member that was chosen. */
export function MemberDialogs({ asked, onClose, onRemoved }: MemberDialogsProps) {
  if (!asked) return null;
  const { act, member, group } = asked;
  const bulk = {
    selection: { kind: "members" as const, members: [member.id] },
    count: 1,
    only: member,
    onClose,
    onDone: onClose,
  };
  switch (act) {
    case "edit":
      return <EditMember key={member.id} member={member} onClose={onClose} />;
    case "giveRole":
      return <GiveRoleDialog member={member} onClose={onClose} />;
    case "addToGroup":
      return <AddToGroupDialog {...bulk} />;
    case "leaveGroup":
      return group && <LeaveGroupDialog member={member} group={group} onClose={onClose} />;
    case "remove":
      return (
        <RemoveMembersDialog
          {...bulk}
          onDone={() => {
            onClose();
            onRemoved?.();
          }}
        />
      );
  }
}

function EditMember({ member, onClose }: { member: MemberRef; onClose: () => void }) {
  const { data, error, refetch } = useRpc("member_detail", { member: member.id });
  if (!data) return null;
  return (
    <MemberDialog
      kind={data.kind}
      member={data}
      onOvertaken={() => void refetch()}
      isGone={error?.code === "notFound"}
      onClose={onClose}
      onSaved={() => undefined}
    />
  );
}
