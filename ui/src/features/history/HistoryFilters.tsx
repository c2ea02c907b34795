import { useRef, useState } from "react";
import { findMembers } from "../../api/findMembers";
import { useRpc } from "../../api/queries";
import { Button } from "../../components/button/Button";
import { ComboBox } from "../../components/combobox/ComboBox";
import { memberOption } from "../../components/combobox/memberOption";
import type { SearchOptions } from "../../components/combobox/useOptions";
import { SearchField } from "../../components/field/SearchField";
import type { Option } from "../../components/list/Option";
import { FilterBar } from "../../components/page/PageHeader";
import { Select } from "../../components/select/Select";
import { useShortcut } from "../../components/shortcut/shortcuts";
import styles from "./HistoryScreen.module.css";
import type { useHistorySearch } from "./useHistorySearch";

/** Stands for no choice in a list of choices. */
const ANY = "any";

/** By words, member, role and kind of deed. */
export function HistoryFilters({ search }: { search: ReturnType<typeof useHistorySearch> }) {
  const field = useRef<HTMLInputElement>(null);
  useShortcut("Ctrl+F", () => field.current?.select(), { label: "Filter the history" });
  const { member, role, deed } = search.search;
  return (
    <FilterBar>
      <SearchField
        label="Filter by words"
        placeholder="Filter by name, reason, path…"
        kbd="Ctrl+F"
        inputRef={field}
        value={search.text}
        onChange={search.setText}
      />
      <MemberFilter member={member ?? ""} onChange={(id) => search.set({ member: id })} />
      <RoleFilter role={role ?? ""} onChange={(id) => search.set({ role: id })} />
      <DeedFilter deed={deed ?? ANY} onChange={(id) => search.set({ deed: id })} />
      {search.isFiltered && (
        <Button
          variant="ghost"
          onPress={() => {
            search.clear();
            field.current?.focus();
          }}
        >
          Clear filters
        </Button>
      )}
    </FilterBar>
  );
}

interface MemberFilterProps {
  /** An id; empty for everybody. */
  member: string;
  onChange: (member: string) => void;
}

function MemberFilter({ member, onChange }: MemberFilterProps) {
  const detail = useRpc("member_detail", { member }, { enabled: member !== "" });
  const [chosen, setChosen] = useState<Option | null>(null);
  const known = detail.data?.id === member ? memberOption(detail.data) : null;
  const gone = { id: member, label: detail.error ? "A member that is gone" : "…" };
  const option = chosen?.id === member ? chosen : (known ?? gone);
  return (
    <ComboBox
      label="Member"
      hideLabel
      placeholder="Any member"
      search={searchMembers}
      value={member === "" ? null : option}
      onChange={(next) => {
        setChosen(next);
        onChange(next?.id ?? "");
      }}
      emptyText="Nobody matches"
      className={styles.filter}
    />
  );
}

function RoleFilter({ role, onChange }: { role: string; onChange: (role: string) => void }) {
  const roles = useRpc("list_roles", {});
  const options = (roles.data?.roles ?? []).map(({ id, name, slug }) => ({
    id,
    label: name,
    description: slug,
  }));
  const chosen = options.find(({ id }) => id === role);
  const gone = { id: role, label: roles.data ? "A role that is gone" : "…" };
  return (
    <ComboBox
      label="Role"
      hideLabel
      placeholder="Any role"
      options={options}
      value={role === "" ? null : (chosen ?? gone)}
      onChange={(next) => onChange(next?.id ?? "")}
      className={styles.filter}
    />
  );
}

function DeedFilter({ deed, onChange }: { deed: string; onChange: (deed: string) => void }) {
  const choices = useRpc("history_choices", {});
  const known = (choices.data?.deeds ?? []).map((choice) => ({
    id: choice.deed,
    label: `${choice.group}: ${choice.title}`,
  }));
  const options = [{ id: ANY, label: "Any deed" }, ...known];
  return (
    <Select
      label="Kind of deed"
      hideLabel
      options={
        options.some(({ id }) => id === deed) ? options : [...options, { id: deed, label: deed }]
      }
      value={deed}
      onChange={(next) => onChange(next === ANY ? "" : next)}
      className={styles.filter}
    />
  );
}

const searchMembers: SearchOptions<string> = async (text) =>
  (await findMembers(text)).map((row) => memberOption(row, row.detail));
