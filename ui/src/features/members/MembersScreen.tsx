import { useLocation, useNavigate } from "@tanstack/react-router";
import { Users } from "lucide-react";
import { useRef, useState } from "react";
import type { BulkAct } from "../../api/bulkActs";
import type { MemberRow } from "../../api/generated/commands";
import { usePages } from "../../api/pages";
import { Button } from "../../components/button/Button";
import { ContextMenu, type Place } from "../../components/menu/ContextMenu";
import { Page, PageHeader } from "../../components/page/PageHeader";
import { AnchoredPopover } from "../../components/popover/AnchoredPopover";
import { useShortcut } from "../../components/shortcut/shortcuts";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { Standing } from "../../components/standing/Standing";
import { useListPosition } from "../../components/table/useListPosition";
import { VirtualTable } from "../../components/table/VirtualTable";
import { formatCount, formatQuantity } from "../../lib/numbers";
import { AddMember } from "./AddMember";
import { MembersBar } from "./bulk/MembersBar";
import { memberColumns, RoleWord } from "./columns";
import { MemberDialogs, type AskedOfMember } from "./edit/MemberDialogs";
import { hasChips } from "./filters";
import { KIND_PLURAL } from "./kinds";
import { MembersFilters, SortMenu } from "./MembersFilters";
import styles from "./members.module.css";
import { useIsLocal } from "../../api/useIsLocal";
import { useMemberActs } from "./useMemberActs";
import { useMemberTicks } from "./useMemberTicks";
import { SavedFilters } from "./SavedFilters";
import type { MembersSearch } from "./search";
import { useMembersSearch, type UsedMembersSearch } from "./useMembersSearch";

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
      <PageHeader
        title="Members"
        aside={<Count pages={pages} />}
        actions={
          <>
            <SortMenu search={search} />
            <SavedFilters search={search.search} onOpen={search.show} />
            <AddMember />
          </>
        }
      />
      <MembersFilters search={search} inputRef={filter} />
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

interface MembersTableProps {
  href: string;
  search: UsedMembersSearch;
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
  const [asked, setAsked] = useState<AskedOfMember | null>(null);
  const acts = useMemberActs(menu?.row, setAsked);
  const ticks = useMemberTicks(request, pages, total);
  // Nothing can be done with many where nothing can be changed.
  const isLocal = useIsLocal();

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
        selection={isLocal ? ticks.selection : undefined}
        {...place}
        empty={<NoMembers search={search.search} onClear={onClear} />}
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
      <MemberDialogs asked={asked} onClose={() => setAsked(null)} />
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
  search: MembersSearch;
  onClear: () => void;
}

function NoMembers({ search, onClear }: NoMembersProps) {
  const { kind, text = "" } = search;
  if (kind === undefined && text === "" && !hasChips(search)) {
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
      title={text === "" && !hasChips(search) ? `There are no ${what}` : "Nothing matches"}
      action={<Button onPress={onClear}>Clear filters</Button>}
    >
      {whyNone(what, search)}
    </EmptyState>
  );
}

function whyNone(what: string, search: MembersSearch): string {
  const { text = "" } = search;
  if (hasChips(search)) {
    return text === ""
      ? `None of the ${what} passes all of the filters that are set.`
      : `None of the ${what} with “${text}” passes all of the filters that are set.`;
  }
  return text === ""
    ? `This project has no ${what}; it has members of other kinds.`
    : `None of the ${what} has “${text}” in its name, address, id or metadata.`;
}
