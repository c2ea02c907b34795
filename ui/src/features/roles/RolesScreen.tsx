import { useLocation, useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { Plus, ShieldQuestion } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { RoleRow } from "../../api/generated/commands";
import { rpcKey, useRpc } from "../../api/queries";
import { useIsLocal } from "../../api/useIsLocal";
import { Button } from "../../components/button/Button";
import { SearchField } from "../../components/field/SearchField";
import { ContextMenu, type Place } from "../../components/menu/ContextMenu";
import { FilterBar, Page, PageHeader } from "../../components/page/PageHeader";
import { SegmentedControl } from "../../components/segmented/SegmentedControl";
import { useShortcut } from "../../components/shortcut/shortcuts";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { useListPosition } from "../../components/table/useListPosition";
import { VirtualTable } from "../../components/table/VirtualTable";
import type { Sort } from "../../components/table/types";
import { formatQuantity } from "../../lib/numbers";
import { RoleDialogs, type RoleDialog } from "./RoleDialogs";
import { compareRoles, matchesText, roleColumns } from "./roleColumns";
import { roleActs } from "./roleActs";

const TYPES = [
  { id: "all", label: "All" },
  { id: "custom", label: "Custom" },
  { id: "default", label: "Default" },
] as const;
type RoleType = (typeof TYPES)[number]["id"];

/** Every role of the project. */
export function RolesScreen() {
  const { href } = useLocation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const filter = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [type, setType] = useState<RoleType>("all");
  const [sort, setSort] = useState<Sort>({ column: "type", direction: "ascending" });
  const [menu, setMenu] = useState<{ row: RoleRow; at: Place } | null>(null);
  const [dialog, setDialog] = useState<RoleDialog | null>(null);
  const [columns] = useState(roleColumns);
  const place = useListPosition(href);
  const list = useRpc("list_roles", {});
  const isLocal = useIsLocal();
  useShortcut("Ctrl+F", () => filter.current?.select(), { label: "Filter the roles" });
  useShortcut("N", () => setDialog({ kind: "create" }), {
    label: "New role",
    isDisabled: !isLocal,
  });
  // Drafts come and go without anything in the project changing.
  useEffect(() => {
    void client.invalidateQueries({ queryKey: rpcKey("list_roles", {}) });
  }, [client]);

  const rows = (list.data?.roles ?? [])
    .filter((role) => type === "all" || role.predefined === (type === "default"))
    .filter((role) => matchesText(role, text))
    .toSorted((one, other) => compareRoles(one, other, sort));
  const open = (role: RoleRow) =>
    void navigate({
      to: "/roles/$role",
      params: { role: role.id },
      state: { openedFrom: "/roles" },
    });

  return (
    <Page>
      <PageHeader
        title="Roles"
        count={list.data?.roles.length}
        actions={
          isLocal && (
            <Button
              variant="primary"
              icon={Plus}
              kbd="N"
              onPress={() => setDialog({ kind: "create" })}
            >
              New role
            </Button>
          )
        }
      />
      <FilterBar>
        <SegmentedControl label="Type" segments={TYPES} value={type} onChange={setType} />
        <SearchField
          label="Filter by name, slug…"
          kbd="Ctrl+F"
          inputRef={filter}
          value={text}
          onChange={setText}
        />
        <span role="status" className="visually-hidden">
          {list.data && formatQuantity(rows.length, "role")}
        </span>
      </FilterBar>
      {list.error && (
        <ErrorState
          look={list.data ? "bar" : "page"}
          message={list.error.message}
          hint={list.error.hint}
          onRetry={() => void list.refetch()}
        />
      )}
      {!list.data && !list.error && <SkeletonRows label="roles" rows={12} />}
      {list.data && (
        <VirtualTable<RoleRow>
          label="Roles"
          listKey={`${type} ${text}`}
          columns={columns}
          rowCount={rows.length}
          rowAt={(index) => rows[index]}
          rowKey={({ id }) => id}
          sort={sort}
          onSortChange={setSort}
          onOpen={open}
          onMenu={(row, at) => setMenu({ row, at })}
          typeAheadText={({ name }) => name}
          {...place}
          empty={
            <EmptyState
              icon={ShieldQuestion}
              title="Nothing matches"
              action={
                <Button
                  onPress={() => {
                    setText("");
                    setType("all");
                    filter.current?.focus();
                  }}
                >
                  Clear filters
                </Button>
              }
            >
              No role of this kind has “{text}” in its name, slug or description.
            </EmptyState>
          }
        />
      )}
      <ContextMenu
        label={menu ? `Acts on ${menu.row.name}` : "Acts"}
        at={menu?.at ?? null}
        onClose={() => setMenu(null)}
        entries={menu ? roleActs(menu.row, isLocal, setDialog, () => open(menu.row)) : []}
      />
      <RoleDialogs dialog={dialog} onDialog={setDialog} />
    </Page>
  );
}
