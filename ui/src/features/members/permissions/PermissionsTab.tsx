import { Download, Grid3x3 } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { saveText } from "../../../api/files";
import type {
  CatalogueView,
  EffectivePermissions,
  MemberDetail,
} from "../../../api/generated/commands";
import { useRpc } from "../../../api/queries";
import { useUnseen } from "../../../api/useUnseen";
import { Button } from "../../../components/button/Button";
import { Legend } from "../../../components/permissions/CellMark";
import type { GridCursor } from "../../../components/permissions/gridCursor";
import { SearchField } from "../../../components/field/SearchField";
import { SegmentedControl } from "../../../components/segmented/SegmentedControl";
import { EmptyState } from "../../../components/state/EmptyState";
import { ErrorState } from "../../../components/state/ErrorState";
import { SkeletonRows } from "../../../components/state/Skeleton";
import { UnseenNote } from "../../../components/state/UnseenNote";
import { useShortcut } from "../../../components/shortcut/shortcuts";
import { Part } from "../../../components/text/Part";
import { errorToast, toast } from "../../../components/toast/toasts";
import { formatCount } from "../../../lib/numbers";
import { csvOf } from "../../../lib/table";
import { formatInstant } from "../../../lib/time";
import { AccessGrid, useGridCursor } from "./AccessGrid";
import {
  accessRows,
  accessTable,
  cellAt,
  passes,
  rowMatches,
  type AccessFilter,
  type AccessRow,
  type ColumnOf,
} from "./accessRows";
import styles from "./permissions.module.css";
import { WhyPane } from "./WhyPane";

const FILTERS: readonly { id: AccessFilter; label: string }[] = [
  { id: "all", label: "All" },
  { id: "allowed", label: "Allowed" },
  { id: "conditional", label: "Conditional" },
  { id: "forbidden", label: "Forbidden" },
  { id: "nothing", label: "Not granted" },
  { id: "unknown", label: "Unknown" },
];

/** Every subject and action with the member's access to it; each opens the rules behind. */
export function PermissionsTab({ member }: { member: MemberDetail }) {
  const permissions = useRpc("effective_permissions", { member: member.id });
  const catalogue = useRpc("catalogue", {});
  const error = permissions.error ?? catalogue.error;
  if (permissions.data && catalogue.data) {
    return (
      <Matrix
        key={member.id}
        member={member}
        permissions={permissions.data}
        catalogue={catalogue.data}
      />
    );
  }
  if (error) {
    return (
      <ErrorState
        message={error.message}
        hint={error.hint}
        onRetry={
          error.retry
            ? () => void Promise.all([permissions.refetch(), catalogue.refetch()])
            : undefined
        }
        isRetrying={permissions.isFetching}
      />
    );
  }
  return <SkeletonRows label="what the member can do" rows={12} />;
}

interface MatrixProps {
  member: MemberDetail;
  permissions: EffectivePermissions;
  catalogue: CatalogueView;
}

function Matrix({ member, permissions, catalogue }: MatrixProps) {
  const search = useRef<HTMLInputElement>(null);
  const pane = useRef<HTMLHeadingElement>(null);
  const main = useRef<HTMLDivElement>(null);
  const unseen = useUnseen(member);
  const [text, setText] = useState("");
  const [filter, setFilter] = useState<AccessFilter>("all");
  const all = useMemo(
    () => accessRows(permissions, columnsOf(catalogue)),
    [permissions, catalogue],
  );
  const rows = useMemo(
    () => shownRows(all, filter, text.trim(), permissions),
    [all, filter, text, permissions],
  );
  const [cursor, setCursor] = useGridCursor(rows);
  const row = rows[cursor.row];
  useShortcut("Ctrl+F", () => search.current?.select(), { label: "Filter the subjects" });
  const focusCell = () =>
    main.current
      ?.querySelector<HTMLElement>(`[data-cell="${cursor.row}:${cursor.column}"]`)
      ?.focus();

  return (
    <div className={styles.split}>
      <div ref={main} className={styles.main}>
        <div className={styles.bar}>
          <SegmentedControl
            label="Access"
            segments={segments(all, filter)}
            value={filter}
            onChange={(next) => {
              setFilter(next);
              setCursor(firstMeant(all, next, text.trim(), permissions));
            }}
          />
          <SearchField
            label="Filter subjects, actions, sources…"
            kbd="Ctrl+F"
            className={styles.search}
            inputRef={search}
            value={text}
            onChange={setText}
          />
          <Button
            variant="ghost"
            icon={Download}
            className={styles.export}
            onPress={() => void exportCsv(member.name, rows, permissions)}
          >
            CSV
          </Button>
        </div>
        <UnseenNote unseen={unseen} />
        <Notes permissions={permissions} />
        {rows.length === 0 ? (
          <EmptyState
            icon={Grid3x3}
            title="Nothing matches"
            action={
              <Button
                onPress={() => {
                  setText("");
                  setFilter("all");
                  search.current?.focus();
                }}
              >
                Clear filters
              </Button>
            }
          >
            No subject has such an action, or comes from such a source.
          </EmptyState>
        ) : (
          <AccessGrid
            label={`What ${member.name} can do`}
            rows={rows}
            filter={filter}
            cursor={cursor}
            onCursor={setCursor}
            onOpen={(how) => {
              if (how === "key") pane.current?.focus();
            }}
          />
        )}
      </div>
      <WhyPane
        member={member}
        permissions={permissions}
        row={row}
        cell={row && cursor.column > 0 ? (cellAt(row, cursor.column) ?? null) : undefined}
        headingRef={pane}
        onLeave={focusCell}
      />
    </div>
  );
}

function shownRows(
  all: readonly AccessRow[],
  filter: AccessFilter,
  text: string,
  permissions: EffectivePermissions,
): AccessRow[] {
  return all.filter(
    (row) =>
      row.actions.some((action) => passes(action, filter)) && rowMatches(row, text, permissions),
  );
}

/** The first cell that a filter is about. */
function firstMeant(
  all: readonly AccessRow[],
  filter: AccessFilter,
  text: string,
  permissions: EffectivePermissions,
): GridCursor {
  const [row] = shownRows(all, filter, text, permissions);
  const cells = row ? [...row.columns, ...row.special] : [];
  const place = cells.findIndex((cell) => cell?.actions.some((action) => passes(action, filter)));
  return { row: 0, column: Math.max(1, place + 1) };
}

function columnsOf({ subjects }: CatalogueView): ColumnOf {
  const columns = new Map(
    subjects.flatMap(({ subject, actions }) =>
      actions.flatMap(({ action, column }) =>
        column === null ? [] : [[`${subject}\n${action}`, column] as const],
      ),
    ),
  );
  return (subject, action) => columns.get(`${subject}\n${action}`);
}

/** Each filter with how many actions it leaves; what is unknown is offered only where there is any. */
function segments(rows: readonly AccessRow[], chosen: AccessFilter) {
  const actions = rows.flatMap((row) => row.actions);
  return FILTERS.map(({ id, label }) => ({
    id,
    count: actions.filter((action) => passes(action, id)).length,
    label,
  }))
    .filter(({ id, count }) => count > 0 || (id !== "unknown" && id !== "nothing") || id === chosen)
    .map(({ id, label, count }) => ({
      id,
      label: id === "all" ? label : `${label} ${formatCount(count)}`,
    }));
}

function Notes({ permissions: { notes, asWritten, at } }: { permissions: EffectivePermissions }) {
  return (
    <>
      <div className={styles.about}>
        <p className={styles.notes}>
          {asWritten
            ? "What each of its members gets through this group. Templates stand as they are written: each member fills them in with its own data."
            : `Over all places, as it stands on ${formatInstant(Date.parse(at))}. Choose a cell to see the rules behind it.`}
        </p>
        <Legend />
      </div>
      {notes.map((note, place) => (
        <p key={place} className={styles.notes}>
          {note.map((part, at) => (
            <Part key={at} part={part} />
          ))}
        </p>
      ))}
    </>
  );
}

async function exportCsv(
  name: string,
  rows: readonly AccessRow[],
  permissions: EffectivePermissions,
): Promise<void> {
  try {
    const saved = await saveText(
      `permissions of ${name.replace(/[^\p{L}\p{N} .-]+/gu, "-")}.csv`,
      csvOf(accessTable(rows, permissions)),
    );
    if (saved !== null) toast(`Saved ${saved}`);
  } catch (error) {
    errorToast(error instanceof Error ? error.message : "The file was not written");
  }
}
