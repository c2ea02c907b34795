import { Link } from "@tanstack/react-router";
import { Plus, Users, X } from "lucide-react";
import { useState } from "react";
import type { MemberDetail, MemberRef } from "../../api/generated/commands";
import { useDeed } from "../../api/queries";
import { Avatar } from "../../components/avatar/Avatar";
import { Button } from "../../components/button/Button";
import { IconButton } from "../../components/button/IconButton";
import { Card } from "../../components/card/Card";
import { EmptyState } from "../../components/state/EmptyState";
import { errorToast } from "../../components/toast/toasts";
import { formatCount } from "../../lib/numbers";
import { JoinDialog } from "./edit/JoinDialog";
import styles from "./MemberScreen.module.css";
import { sayDone } from "./sayDone";
import { useIsLocal } from "../../api/useIsLocal";

/** Who is in the group; each can be taken out, and others put in. */
export function GroupMembers({ group }: { group: MemberDetail }) {
  const { id, groupMembers, groupMemberCount } = group;
  const isLocal = useIsLocal();
  const [isAdding, setAdding] = useState(false);
  const add = isLocal && (
    <Button size="small" variant="ghost" icon={Plus} onPress={() => setAdding(true)}>
      Add members
    </Button>
  );
  return (
    <Card
      title="Members"
      count={groupMemberCount}
      aside={
        groupMemberCount > groupMembers.length &&
        `${formatCount(groupMembers.length)} of ${formatCount(groupMemberCount)} are shown`
      }
      actions={
        <>
          {groupMemberCount > 0 && (
            <Link to="/members" search={{ group: id }}>
              Show in the list
            </Link>
          )}
          {add}
        </>
      }
    >
      {isAdding && <JoinDialog group={group} onClose={() => setAdding(false)} />}
      {groupMembers.length === 0 ? (
        <EmptyState icon={Users} title="Nobody is in this group">
          Its roles reach no one until a user or machine identity joins it.
        </EmptyState>
      ) : (
        <ul className={styles.people}>
          {groupMembers.map((member) => (
            <li key={member.id} className={styles.person}>
              <Avatar name={member.name} kind={member.kind} />
              <Link
                to="/members/$member"
                params={{ member: member.id }}
                className={styles.personName}
                title={member.name}
              >
                {member.name}
              </Link>
              {isLocal && <TakeOut group={group} member={member} />}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function TakeOut({ group, member }: { group: MemberDetail; member: MemberRef }) {
  const deed = useDeed("act_on_members");
  const words = `Take ${member.name} out of the group`;
  return (
    <IconButton
      icon={X}
      size="small"
      label={words}
      isPending={deed.isPending}
      onPress={() =>
        deed.mutate(
          {
            selection: { kind: "members", members: [member.id] },
            act: { kind: "removeFromGroup", group: group.id },
          },
          {
            onSuccess: (answer) => {
              if (answer.outcome === "done") sayDone(answer.done);
              else errorToast(`${member.name} is not in ${group.name} any more`);
            },
            onError: ({ message, hint }) => errorToast(`${message}. ${hint}`),
          },
        )
      }
    />
  );
}
