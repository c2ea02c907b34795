import { useMemo, useState } from "react";
import type { MemberRef, MembersAct } from "../../../api/generated/commands";
import { formatQuantity } from "../../../lib/numbers";
import { ActDialog } from "../bulk/ActDialog";
import { PeopleField, type Person } from "./PeopleField";

/** Puts several users and machine identities into one group. */
export function JoinDialog({ group, onClose }: { group: MemberRef; onClose: () => void }) {
  const [people, setPeople] = useState<readonly Person[]>([]);
  const selection = useMemo(
    () => ({ kind: "members" as const, members: people.map(({ id }) => id) }),
    [people],
  );
  const act = useMemo<MembersAct | null>(
    () => (people.length === 0 ? null : { kind: "addToGroup", group: group.id }),
    [people, group.id],
  );
  return (
    <ActDialog
      title={`Add members to ${group.name}`}
      description="They get the roles of the group for as long as they are in it."
      selection={selection}
      act={act}
      commitLabel={(affected) =>
        affected === undefined || affected === 0
          ? "Add members"
          : `Add ${formatQuantity(affected, "member")}`
      }
      onClose={onClose}
      onDone={onClose}
    >
      {() => (
        <PeopleField
          autoFocus
          label="Members"
          notIn={group.id}
          value={people}
          onChange={setPeople}
        />
      )}
    </ActDialog>
  );
}
