import { useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import { Users } from "lucide-react";
import { useDeferredValue, useMemo, useRef } from "react";
import type { Kind, MemberRow, MemberSort } from "../../api/generated/commands";
import { usePages } from "../../api/pages";
import { Button } from "../../components/button/Button";
import { SearchField } from "../../components/field/SearchField";
import { FilterBar, Page, PageHeader } from "../../components/page/PageHeader";
import { SegmentedControl } from "../../components/segmented/SegmentedControl";
import { useShortcut } from "../../components/shortcut/shortcuts";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { useListPosition } from "../../components/table/useListPosition";
import { VirtualTable } from "../../components/table/VirtualTable";
import { memberColumns } from "./columns";
import type { MembersSearch } from "./search";

const KINDS: { id: Kind | "all"; label: string }[] = [
  { id: "all", label: "All" },
  { id: "user", label: "Users" },
  { id: "identity", label: "Identities" },
  { id: "group", label: "Groups" },
];

/** Everybody and everything that can act in the project. */
export function MembersScreen() {
  const search = useSearch({ from: "/frame/members" });
  const navigate = useNavigate();
  const { href } = useLocation();
  const filter = useRef<HTMLInputElement>(null);
  const text = useDeferredValue(search.text ?? "");
  const request = useMemo(
    () => ({
      kind: search.kind ?? null,
      search: text,
      sort: search.sort ?? ("name" as const),
      descending: search.descending ?? false,
    }),
    [search.kind, text, search.sort, search.descending],
  );
  const pages = usePages("list_members", request);
  const place = useListPosition(href);
  const narrow = (next: MembersSearch) =>
    void navigate({ to: "/members", search: compact({ ...search, ...next }), replace: true });
  const filtered = search.kind !== undefined || text !== "";

  useShortcut("Ctrl+F", () => filter.current?.focus(), { label: "Filter the members" });

  return (
    <Page>
      <PageHeader title="Members" count={pages.total} />
      <FilterBar>
        <SegmentedControl
          label="Kind"
          segments={KINDS}
          value={search.kind ?? "all"}
          onChange={(kind) => narrow({ kind: kind === "all" ? undefined : kind } as MembersSearch)}
        />
        <SearchField
          label="Filter by name, email, id…"
          kbd="Ctrl+F"
          inputRef={filter}
          value={search.text ?? ""}
          onChange={(next) => narrow({ text: next })}
        />
      </FilterBar>
      {pages.error && (
        <ErrorState
          look={pages.total === undefined ? "page" : "bar"}
          message={pages.error.message}
          hint={pages.error.hint}
          onRetry={pages.retry}
        />
      )}
      {pages.total === undefined && !pages.error && <SkeletonRows label="members" rows={14} />}
      {pages.total !== undefined && (
        <VirtualTable<MemberRow>
          key={href}
          label="Members"
          columns={memberColumns}
          rowCount={pages.total}
          rowAt={pages.rowAt}
          rowKey={({ id }) => id}
          onRangeChange={pages.onRangeChange}
          sort={{
            column: search.sort ?? "name",
            direction: search.descending ? "descending" : "ascending",
          }}
          onSortChange={({ column, direction }) =>
            narrow({
              sort: column as MemberSort,
              descending: direction === "descending" || undefined,
            } as MembersSearch)
          }
          onOpen={({ id }) =>
            void navigate({
              to: "/members/$member",
              params: { member: id },
              state: { openedFrom: "/members" },
            })
          }
          typeAheadText={({ name }) => name}
          {...place}
          empty={
            filtered ? (
              <EmptyState
                icon={Users}
                title="Nobody matches"
                action={
                  <Button onPress={() => void navigate({ to: "/members", replace: true })}>
                    Clear the filters
                  </Button>
                }
              >
                No member has this kind and these words.
              </EmptyState>
            ) : (
              <EmptyState icon={Users} title="No members yet">
                This project has no users, machine identities or groups.
              </EmptyState>
            )
          }
        />
      )}
    </Page>
  );
}

/** Leaves out what is not chosen, so that the address stays short. */
function compact(search: MembersSearch): MembersSearch {
  return Object.fromEntries(
    Object.entries(search).filter(
      ([key, value]) =>
        value !== undefined && value !== "" && !(key === "sort" && value === "name"),
    ),
  );
}
