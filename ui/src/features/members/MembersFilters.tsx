import { ArrowDownUp } from "lucide-react";
import type { RefObject } from "react";
import type { MemberSort } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { Button } from "../../components/button/Button";
import { SearchField } from "../../components/field/SearchField";
import { FilterChips, type SetFilter } from "../../components/filter/FilterChips";
import { FilterMenu } from "../../components/filter/FilterMenu";
import { Menu } from "../../components/menu/Menu";
import { FilterBar } from "../../components/page/PageHeader";
import { SegmentedControl } from "../../components/segmented/SegmentedControl";
import { searchGroups } from "./bulk/GroupField";
import { EXPIRY_OPTIONS, FACT_OPTIONS, hasChips } from "./filters";
import { KIND_SEGMENTS } from "./kinds";
import styles from "./members.module.css";
import { SaveFilter } from "./SavedFilters";
import type { UsedMembersSearch } from "./useMembersSearch";

const SORTS: readonly { id: MemberSort; label: string }[] = [
  { id: "name", label: "Name" },
  { id: "kind", label: "Kind" },
  { id: "roles", label: "Roles" },
  { id: "privileges", label: "Privileges" },
  { id: "nextEnd", label: "Next end" },
  { id: "groups", label: "Via groups" },
];
const BEST_MATCH = { id: "relevance", label: "Best match" } as const;

export interface MembersFiltersProps {
  search: UsedMembersSearch;
  inputRef: RefObject<HTMLInputElement | null>;
}

/** What the list is filtered by, and below it each filter that is set. */
export function MembersFilters({ search: list, inputRef }: MembersFiltersProps) {
  const { search, filter } = list;
  const roles = useRpc("role_names", {}).data?.roles ?? [];
  return (
    <>
      <FilterBar>
        <SegmentedControl
          label="Kind"
          segments={KIND_SEGMENTS}
          value={search.kind ?? "all"}
          onChange={(kind) => filter({ kind: kind === "all" ? undefined : kind })}
        />
        <SearchField
          label="Filter by name, email, id…"
          kbd="Ctrl+F"
          className={styles.search}
          inputRef={inputRef}
          value={list.text}
          onChange={list.setText}
        />
        <FilterMenu
          label="Role"
          mode="several"
          searchLabel="Search roles…"
          emptyText="No role is called so"
          options={roles.map(({ id, name, slug }) => ({
            id,
            label: name,
            ...(slug !== name && { slug }),
          }))}
          chosen={search.roles ?? []}
          onChange={(chosen) => filter({ roles: chosen })}
        />
        <FilterMenu
          label="Expiry"
          mode="one"
          options={EXPIRY_OPTIONS}
          chosen={search.expiry ? [search.expiry] : []}
          onChange={([expiry]) => filter({ expiry })}
        />
        <FilterMenu
          label="Group"
          mode="one"
          searchLabel="Search groups…"
          emptyText="No group is called so"
          search={searchGroups}
          chosen={search.group === undefined ? [] : [search.group]}
          onChange={([group]) => filter({ group })}
        />
        <FilterMenu
          label="More"
          mode="several"
          options={FACT_OPTIONS}
          chosen={search.facts ?? []}
          onChange={(facts) => filter({ facts })}
        />
      </FilterBar>
      <SetFilters list={list} roles={roles} />
    </>
  );
}

/** What the list is sorted by; the headings of its columns say it too, but for the kind. */
export function SortMenu({ search: { request, setSort } }: { search: UsedMembersSearch }) {
  const sorts = request.filter.search === undefined ? SORTS : [BEST_MATCH, ...SORTS];
  const chosen = sorts.find(({ id }) => id === request.sort);
  return (
    <Menu
      label="Sort by"
      trigger={
        <Button variant="ghost" icon={ArrowDownUp}>
          <span className="visually-hidden">Sort by </span>
          {chosen?.label ?? "Sort"}
        </Button>
      }
      entries={sorts.map(({ id, label }) => ({
        id,
        label,
        isChecked: id === request.sort,
        onAction: () => setSort({ column: id, direction: "ascending" }),
      }))}
    />
  );
}

interface SetFiltersProps {
  list: UsedMembersSearch;
  roles: readonly { id: string; name: string }[];
}

function SetFilters({ list: { search, filter, clear }, roles }: SetFiltersProps) {
  const { group } = search;
  const groupDetail = useRpc(
    "member_detail",
    { member: group ?? "" },
    { enabled: group !== undefined },
  );
  if (!hasChips(search)) return null;
  const without = <T,>(all: readonly T[], one: T) => all.filter((it) => it !== one);
  const { roles: chosen = [], facts = [], expiry } = search;
  const set: SetFilter[] = [
    ...chosen.map((id) => ({
      id: `role ${id}`,
      label: `Role: ${roles.find((role) => role.id === id)?.name ?? "no longer there"}`,
      onRemove: () => filter({ roles: without(chosen, id) }),
    })),
    ...EXPIRY_OPTIONS.filter(({ id }) => id === expiry).map(({ id, label }) => ({
      id,
      label,
      onRemove: () => filter({ expiry: undefined }),
    })),
    ...(group === undefined
      ? []
      : [
          {
            id: "group",
            label: `Via group: ${groupDetail.data?.name ?? (groupDetail.error ? "no longer there" : "…")}`,
            onRemove: () => filter({ group: undefined }),
          },
        ]),
    ...FACT_OPTIONS.filter(({ id }) => facts.includes(id)).map(({ id, label }) => ({
      id,
      label,
      onRemove: () => filter({ facts: without(facts, id) }),
    })),
  ];
  return (
    <FilterChips filters={set}>
      <Button variant="ghost" size="small" onPress={clear}>
        Clear all
      </Button>
      <SaveFilter search={search} />
    </FilterChips>
  );
}
