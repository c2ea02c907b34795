import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
} from "react";
import { matches } from "../../lib/keys";
import {
  cursorOf,
  movedBy,
  typedTo,
  type GridCursor,
} from "../../components/permissions/gridCursor";
import { useTyped } from "../../components/permissions/useTyped";
import type { PermissionTableProps } from "./PermissionTable";
import type { TableCell, TableRow } from "./tableRows";

export interface GridKeys {
  cursor: GridCursor;
  /** Rows that Ctrl+D fills from the first of them. */
  range: { from: number; to: number; column: number } | null;
  moveTo: (to: GridCursor) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onClick: (event: MouseEvent<HTMLElement>) => void;
}

/** The keyboard of the permission table. One cell holds the tab stop; it follows the focus. */
export function useGridKeys(
  grid: RefObject<HTMLElement | null>,
  { rows, open, isReadOnly, onOpen, onToggle, onFill, onCopy, onPaste }: PermissionTableProps,
): GridKeys {
  const [asked, setCursor] = useState<GridCursor>({ row: 0, column: 0 });
  const [anchor, setAnchor] = useState<GridCursor | null>(null);
  const typed = useTyped();
  const wantsDetail = useRef<string | null>(null);
  // A table that grew shorter still has its tab stop.
  const cursor = asked.row < rows.length ? asked : { row: rows.length - 1, column: asked.column };
  const row = rows[cursor.row];

  useEffect(() => {
    const subject = wantsDetail.current;
    if (subject === null) return;
    wantsDetail.current = null;
    focusDetail(grid.current, subject);
  });

  // The same function at every rendering: every row has it.
  const moveTo = useCallback(
    (to: GridCursor) =>
      setCursor((from) => (from.row === to.row && from.column === to.column ? from : to)),
    [],
  );
  const goTo = (to: GridCursor) => {
    setCursor(to);
    const cell = grid.current?.querySelector<HTMLElement>(`[data-cell="${to.row}:${to.column}"]`);
    cell?.focus();
    cell?.scrollIntoView({ block: "nearest" });
  };
  const enter = (subject: string) => {
    if (open.has(subject)) focusDetail(grid.current, subject);
    else {
      wantsDetail.current = subject;
      onOpen(subject, true);
    }
  };
  const toggle = (at: GridCursor, effect: "allow" | "forbid") => {
    if (isReadOnly) return;
    const { cells, of } = reached(rows, at);
    if (cells.length > 0) onToggle(cells, of, effect);
  };
  const onClick = ({ target, shiftKey: shift }: MouseEvent<HTMLElement>) => {
    const at = target instanceof Element ? cursorOf(target) : undefined;
    if (!at) return;
    setAnchor(null);
    const pressed = rows[at.row];
    if (!pressed) return;
    if (at.column === 0) onOpen(pressed.subject, !open.has(pressed.subject));
    else toggle(at, shift ? "forbid" : "allow");
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    if (!target.hasAttribute("data-cell")) {
      leaveDetail(event, target, rows, goTo);
      return;
    }
    if (act(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  /** Whether the key meant something. */
  const act = (event: KeyboardEvent<HTMLElement>): boolean => {
    const { key } = event;
    if (event.shiftKey && (key === "ArrowDown" || key === "ArrowUp") && row) {
      const from = anchor ?? cursor;
      const to = movedBy(key, false, cursor, rows);
      if (!to || to.row < 0) return true;
      setAnchor(from);
      goTo({ row: to.row, column: from.column });
      return true;
    }
    const to = event.altKey
      ? undefined
      : movedBy(key, event.ctrlKey || event.metaKey, cursor, rows);
    if (to) {
      setAnchor(null);
      goTo(to);
      return true;
    }
    if (key === " ") {
      toggle(cursor, event.shiftKey ? "forbid" : "allow");
      return true;
    }
    if (!row) return false;
    if (key === "Enter") enter(row.subject);
    else if (matches("Ctrl+D", event)) fill();
    else if (matches("Ctrl+C", event)) onCopy(row);
    else if (matches("Ctrl+V", event)) paste(row);
    else if (key === "Escape" && anchor) setAnchor(null);
    else if (key === "Escape" && open.has(row.subject)) onOpen(row.subject, false);
    else if (isLetter(event)) jump(key);
    else return false;
    return true;
  };
  const paste = (row: TableRow) => {
    if (!isReadOnly) onPaste(row);
  };
  const fill = () => {
    if (!anchor || isReadOnly) return;
    const [first, last] = [Math.min(anchor.row, cursor.row), Math.max(anchor.row, cursor.row)];
    const from = rows[first];
    if (from) onFill(from, rows.slice(first + 1, last + 1), anchor.column);
  };
  const jump = (letter: string) => {
    const found = typedTo(typed(letter), cursor.row, rows);
    if (found !== undefined) goTo({ row: found, column: cursor.column });
  };

  return {
    cursor,
    range: anchor && {
      from: Math.min(anchor.row, cursor.row),
      to: Math.max(anchor.row, cursor.row),
      column: anchor.column,
    },
    moveTo,
    onKeyDown,
    onClick,
  };
}

/** The cells that an act at `at` is about, and the rows that they are in. */
function reached(
  rows: readonly TableRow[],
  at: GridCursor,
): { cells: TableCell[]; of: TableRow[] } {
  const isCell = (cell: TableCell | null | undefined): cell is TableCell => Boolean(cell);
  if (at.row < 0) {
    const found = rows.flatMap((row) =>
      (at.column === 0 ? wholeRow(row) : [cellAt(row, at.column)])
        .filter(isCell)
        .map((cell) => ({ row, cell })),
    );
    return { cells: found.map(({ cell }) => cell), of: found.map(({ row }) => row) };
  }
  const row = rows[at.row];
  if (!row) return { cells: [], of: [] };
  const cells = (at.column === 0 ? wholeRow(row) : [cellAt(row, at.column)]).filter(isCell);
  return { cells, of: cells.map(() => row) };
}

function cellAt(row: TableRow, column: number): TableCell | null | undefined {
  return column <= 4 ? row.columns[column - 1] : row.special[column - 5];
}

/** Every action once; legacy ones are never granted with the others. */
function wholeRow(row: TableRow): TableCell[] {
  const columns = row.columns.filter((cell) => cell !== null);
  const covered = new Set(columns.flatMap(({ actions }) => actions));
  const rest = row.special.filter(
    ({ actions, isLegacy }) => !isLegacy && !actions.every((action) => covered.has(action)),
  );
  return [...columns, ...rest];
}

function isLetter({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return key.length === 1 && key !== " " && !ctrlKey && !metaKey && !altKey;
}

const CONTROL =
  "input:not([disabled]), textarea, button:not([disabled]), [tabindex='0'], [role='radio']";

function focusDetail(grid: HTMLElement | null, subject: string): void {
  const detail = grid?.querySelector<HTMLElement>(`[data-detail="${CSS.escape(subject)}"]`);
  const first = detail?.querySelector<HTMLElement>(
    `[data-field^="policies."] ${CONTROL.replaceAll(", ", ', [data-field^="policies."] ')}`,
  );
  // The first card may still be on its way; it takes the focus along.
  const waiting = detail?.querySelector<HTMLElement>("[data-waiting]");
  const isWaiting = waiting && (!first || isBefore(waiting, first));
  (isWaiting ? waiting : (first ?? detail?.querySelector<HTMLElement>(CONTROL)))?.focus({
    preventScroll: true,
  });
  detail?.scrollIntoView({ block: "nearest" });
}

function isBefore(one: Element, other: Element): boolean {
  return (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

/** Esc inside the cards goes back to the row they belong to. */
function leaveDetail(
  event: KeyboardEvent<HTMLElement>,
  target: HTMLElement,
  rows: readonly TableRow[],
  goTo: (to: GridCursor) => void,
): void {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const subject = target.closest<HTMLElement>("[data-detail]")?.dataset.detail;
  const row = rows.findIndex((it) => it.subject === subject);
  if (row < 0) return;
  event.preventDefault();
  event.stopPropagation();
  goTo({ row, column: 0 });
}
