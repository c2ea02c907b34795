import { Users } from "lucide-react";
import { findMembers } from "../../../api/findMembers";
import { ComboBox } from "../../../components/combobox/ComboBox";
import { memberOption } from "../../../components/combobox/memberOption";
import type { SearchOptions } from "../../../components/combobox/useOptions";
import type { Option } from "../../../components/list/Option";

/** Finds groups by their names. */
export const searchGroups: SearchOptions<string> = async (text) =>
  (await findMembers(text, { kind: "group" })).map((row) => memberOption(row, row.detail));

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
