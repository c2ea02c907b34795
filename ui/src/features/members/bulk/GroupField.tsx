import { Users } from "lucide-react";
import { rpc } from "../../../api/rpc";
import { Avatar } from "../../../components/avatar/Avatar";
import { ComboBox } from "../../../components/combobox/ComboBox";
import type { SearchOptions } from "../../../components/combobox/useOptions";
import type { Option } from "../../../components/list/Option";

/** At most so many are offered at once. */
const OFFERED = 50;

/** Finds groups by their names. */
export const searchGroups: SearchOptions<string> = async (text) => {
  const { rows } = await rpc("list_members", {
    filter: { kind: "group", search: text },
    sort: text === "" ? "name" : "relevance",
    descending: false,
    offset: 0,
    limit: OFFERED,
  });
  return rows.map(({ id, name, detail }) => ({
    id,
    label: name,
    description: detail,
    picture: <Avatar name={name} kind="group" />,
  }));
};

export interface GroupFieldProps {
  value: Option | null;
  onChange: (group: Option | null) => void;
}

/** One of the project's groups. */
export function GroupField({ value, onChange }: GroupFieldProps) {
  return (
    <ComboBox
      autoFocus
      label="Group"
      icon={Users}
      placeholder="Search groups…"
      emptyText="No group is called so"
      search={searchGroups}
      value={value}
      onChange={onChange}
    />
  );
}
