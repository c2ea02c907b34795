import { useState } from "react";
import { rpc } from "../../api/rpc";
import { useRpc } from "../../api/queries";
import { Avatar } from "../../components/avatar/Avatar";
import { ComboBox } from "../../components/combobox/ComboBox";
import type { SearchOptions } from "../../components/combobox/useOptions";
import type { Option } from "../../components/list/Option";
import type { MemberRef } from "../../api/generated/commands";

export interface WhoFieldProps {
  /** An id; empty while nobody is chosen. */
  member: string;
  onChange: (member: string) => void;
  error: string | undefined;
}

/** Whom the question is about. */
export function WhoField({ member, onChange, error }: WhoFieldProps) {
  const detail = useRpc("member_detail", { member }, { enabled: member !== "" });
  // What was just chosen has its name already: a name that came later would count as typing.
  const [chosen, setChosen] = useState<Option | null>(null);
  const known = detail.data?.id === member ? memberOption(detail.data) : null;
  const option =
    chosen?.id === member ? chosen : (known ?? { id: member, label: detail.error ? member : "…" });
  return (
    <ComboBox
      label="Who"
      placeholder="Search users and identities…"
      search={searchMembers}
      value={member === "" ? null : option}
      onChange={(next) => {
        setChosen(next);
        onChange(next?.id ?? "");
      }}
      emptyText="Nobody matches"
      error={error ?? detail.error?.message}
    />
  );
}

/** At most so many are offered at once. */
const OFFERED = 50;

const searchMembers: SearchOptions<string> = async (text) => {
  const { rows } = await rpc("list_members", {
    kind: null,
    search: text,
    sort: text === "" ? "name" : "relevance",
    descending: false,
    offset: 0,
    limit: OFFERED,
  });
  // A group does nothing itself.
  return rows.filter(({ kind }) => kind !== "group").map((row) => memberOption(row, row.detail));
};

function memberOption({ id, name, kind }: MemberRef, description?: string): Option {
  return { id, label: name, description, picture: <Avatar name={name} kind={kind} /> };
}
