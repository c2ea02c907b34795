import type { MemberRef } from "../../api/generated/commands";
import { rpc } from "../../api/rpc";
import { Avatar } from "../../components/avatar/Avatar";
import type { SearchOptions } from "../../components/combobox/useOptions";
import type { Option } from "../../components/list/Option";

/** Finds users and identities; a group does nothing itself. */
export const searchMembers: SearchOptions<string> = async (text) => {
  const { members } = await rpc("find", { text });
  return members
    .filter(({ member }) => member.kind !== "group")
    .map(({ member, detail }) => memberOption(member, detail));
};

function memberOption({ id, name, kind }: MemberRef, description: string): Option {
  return { id, label: name, description, picture: <Avatar name={name} kind={kind} /> };
}
