import { useLocation, useNavigate } from "@tanstack/react-router";
import { ArrowDownUp, Users } from "lucide-react";
import { useRef, useState } from "react";
import type { BulkAct } from "../../api/bulkActs";
import type { MemberRow, MemberSort } from "../../api/generated/commands";
import { usePages } from "../../api/pages";
import { Button } from "../../components/button/Button";
import { SearchField } from "../../components/field/SearchField";
import { ContextMenu, type Place } from "../../components/menu/ContextMenu";
import { Menu } from "../../components/menu/Menu";
import { FilterBar, Page, PageHeader } from "../../components/page/PageHeader";
import { AnchoredPopover } from "../../components/popover/AnchoredPopover";
import { SegmentedControl } from "../../components/segmented/SegmentedControl";
import { useShortcut } from "../../components/shortcut/shortcuts";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { Standing } from "../../components/standing/Standing";
import { useListPosition } from "../../components/table/useListPosition";
import { VirtualTable } from "../../components/table/VirtualTable";
import { formatCount, formatQuantity } from "../../lib/numbers";
import { MembersBar } from "./bulk/MembersBar";
import { memberColumns, RoleWord } from "./columns";
import { KIND_PLURAL, KIND_SEGMENTS } from "./kinds";
import styles from "./members.module.css";
import { useMemberActs } from "./useMemberActs";
import { useMemberTicks } from "./useMemberTicks";
import { useMembersSearch } from "./useMembersSearch";

const SORTS: readonly { id: MemberSort; label: string }[] = [
  { id: "name", label: "Name" },
  { id: "kind", label: "Kind" },
  { id: "privileges", label: "Privileges" },
  { id: "nextEnd", label: "Next end" },
];
const BEST_MATCH = { id: "relevance", label: "Best match" } as const;

/** Everybody and everything that can act in the project. */
export function MembersScreen({ bulkActs }: { bulkActs: readonly BulkAct[] }) {
  const { href } = useLocation();
  const filter = useRef<HTMLInputElement>(null);
  const search = useMembersSearch();
  const { request } = search;
  const pages = usePages("list_members", request);
  useShortcut("Ctrl+F", () => filter.current?.select(), { label: "Filter the members" });

  return (
    <Page>
      <PageHeader title="Members" aside={<Count pages={pages} />} />
      <FilterBar>
        <SegmentedControl
          label="Kind"
          segments={KIND_SEGMENTS}
          value={request.filter.kind ?? "all"}
          onChange={search.setKind}
        />
        <SearchField
          label="Filter by name, email, id…"
          kbd="Ctrl+F"
          inputRef={filter}
          value={search.text}
          onChange={search.setText}
        />
        <SortMenu search={search} />
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
        <MembersTable
          href={href}
          search={search}
          pages={pages}
          total={pages.total}
          bulkActs={bulkActs}
          onClear={() => {
            search.clear();
            filter.current?.focus();
          }}
        />
      )}
    </Page>
  );
}

type Search = ReturnType<typeof useMembersSearch>;
type MemberPages = ReturnType<typeof usePages<"list_members">>;

/** How many there are; said aloud when a filter changes it. */
function Count({ pages: { total, totalIsExact, isRefreshing } }: { pages: MemberPages }) {
  const known = total !== undefined && !isRefreshing;
  return (
    <>
      {total !== undefined && (
        <span
          className="faint num"
          title={totalIsExact ? undefined : `At least ${formatCount(total)}`}
        >
          {formatCount(total)}
          {!totalIsExact && "+"}
        </span>
      )}
      <span role="status" className="visually-hidden">
        {known && `${formatQuantity(total, "member")}${totalIsExact ? "" : " or more"}`}
      </span>
    </>
  );
}

function SortMenu({ search: { request, setSort } }: { search: Search }) {
  const sorts = request.filter.search === undefined ? SORTS : [BEST_MATCH, ...SORTS];
  const chosen = sorts.find(({ id }) => id === request.sort);
  return (
    <Menu
      label="Sort by"
      placement="bottom start"
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

interface MembersTableProps {
  href: string;
  search: Search;
  pages: MemberPages;
  total: number;
  bulkActs: readonly BulkAct[];
  onClear: () => void;
}

function MembersTable({ href, search, pages, total, bulkActs, onClear }: MembersTableProps) {
  const navigate = useNavigate();
  const place = useListPosition(href);
  const { request } = search;
  const [menu, setMenu] = useState<{ row: MemberRow; at: Place } | null>(null);
  const [more, setMore] = useState<{ row: MemberRow; button: Element } | null>(null);
  const [columns] = useState(() => memberColumns((row, button) => setMore({ row, button })));
  const acts = useMemberActs(menu?.row);
  const ticks = useMemberTicks(request, pages, total);

  return (
    <>
      <VirtualTable<MemberRow>
        label="Members"
        listKey={href}
        columns={columns}
        rowCount={total}
        rowAt={pages.rowAt}
        rowKey={({ id }) => id}
        onRangeChange={pages.onRangeChange}
        sort={{
          column: request.sort,
          direction: request.descending ? "descending" : "ascending",
        }}
        onSortChange={search.setSort}
        onOpen={({ id }) =>
          void navigate({
            to: "/members/$member",
            params: { member: id },
            state: { openedFrom: "/members" },
          })
        }
        onMenu={(row, at) => setMenu({ row, at })}
        typeAheadText={({ name }) => name}
        selection={ticks.selection}
        {...place}
        empty={<NoMembers request={request} onClear={onClear} />}
      />
      <MembersBar
        acts={bulkActs}
        ticks={ticks}
        total={total}
        totalIsExact={pages.totalIsExact}
        selection={ticks.members}
      />
      <ContextMenu
        label={menu ? `Acts on ${menu.row.name}` : "Acts"}
        at={menu?.at ?? null}
        onClose={() => setMenu(null)}
        entries={acts}
      />
      <AnchoredPopover
        label={more ? `Roles of ${more.row.name}` : "Roles"}
        anchor={more?.button ?? null}
        onClose={() => setMore(null)}
      >
        <ul className={styles.rolesRest}>
          {more?.row.roles.map((role) => (
            <li key={role.slug} className={styles.restLine}>
              <RoleWord role={role} />
              <Standing standing={role.standing} />
            </li>
          ))}
        </ul>
      </AnchoredPopover>
    </>
  );
}

interface NoMembersProps {
  request: Search["request"];
  onClear: () => void;
}

function NoMembers({ request, onClear }: NoMembersProps) {
  const { kind, search: text = "" } = request.filter;
  if (kind === undefined && text === "") {
    return (
      <EmptyState icon={Users} title="No members yet">
        This project has no users, machine identities or groups.
      </EmptyState>
    );
  }
  const what = kind === undefined ? "members" : KIND_PLURAL[kind];
  return (
    <EmptyState
      icon={Users}
      title={text === "" ? `There are no ${what}` : "Nothing matches"}
      action={<Button onPress={onClear}>Clear filters</Button>}
    >
      {text === ""
        ? `This project has no ${what}; it has members of other kinds.`
        : `None of the ${what} has “${text}” in its name, address, id or metadata.`}
    </EmptyState>
  );
}
