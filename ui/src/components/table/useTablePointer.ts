import { useRef, type FocusEvent, type MouseEvent } from "react";
import { nextSort } from "./sorting";
import type { Cursor } from "./types";
import type { VirtualTableProps } from "./VirtualTable";

interface TablePointer<Row> extends VirtualTableProps<Row> {
  cursor: Cursor;
  setCursor: (cursor: Cursor) => void;
}

/** What the pointer does in a table; and the cursor follows the focus, however it got there. */
export function useTablePointer<Row>(table: TablePointer<Row>) {
  const { rowAt, rowKey, selection, cursor, setCursor } = table;
  /** Where a range of ticks begins. */
  const anchor = useRef(0);

  const onClick = (event: MouseEvent) => {
    const hit = placeOf(event.target);
    if (!hit || hit.onControl) return;
    if (hit.row < 0) {
      pressHeader(hit);
      return;
    }
    const heading = table.headings?.at(hit.row);
    if (heading) {
      setCursor({ row: hit.row, column: null });
      table.headings?.toggle(heading.key);
      return;
    }
    const row = rowAt(hit.row);
    if (row === undefined) return;
    setCursor({ row: hit.row, column: null });
    if (selection && (hit.onTick || event.ctrlKey || event.metaKey || event.shiftKey)) {
      if (event.shiftKey) selection.addRange(anchor.current, hit.row);
      else selection.toggle(rowKey(row));
      anchor.current = hit.row;
    } else if (!isSelectingText()) {
      anchor.current = hit.row;
      table.onOpen?.(row, hit.row);
    }
  };

  const pressHeader = ({ column, onTick }: Hit) => {
    if (onTick && selection) {
      if (selection.extent === "none") selection.tickAll();
      else selection.clear();
    }
    const pressed = column === null ? undefined : table.columns[column];
    if (pressed?.sortable) table.onSortChange?.(nextSort(table.sort, pressed.id));
  };

  const onContextMenu = (event: MouseEvent) => {
    const hit = placeOf(event.target);
    const row = hit && hit.row >= 0 ? rowAt(hit.row) : undefined;
    if (!hit || row === undefined || !table.onMenu) return;
    event.preventDefault();
    setCursor({ row: hit.row, column: null });
    table.onMenu(row, menuPlace(event, hit.element));
  };

  const onFocus = (event: FocusEvent) => {
    const hit = placeOf(event.target);
    if (!hit) return;
    const onCell = event.target.hasAttribute("data-column");
    const next = { row: hit.row, column: onCell ? hit.column : null };
    if (next.row !== cursor.row || next.column !== cursor.column) setCursor(next);
  };

  return { onClick, onContextMenu, onFocus };
}

interface Hit {
  row: number;
  column: number | null;
  element: Element;
  onTick: boolean;
  onControl: boolean;
}

function placeOf(target: EventTarget): Hit | null {
  if (!(target instanceof Element)) return null;
  const element = target.closest("[data-index]");
  if (!element) return null;
  const column = target.closest("[data-column]")?.getAttribute("data-column") ?? null;
  return {
    row: Number(element.getAttribute("data-index")),
    column: column === null ? null : Number(column),
    element,
    onTick: target.closest("[data-tick]") !== null,
    onControl: target.closest("a,button,input") !== null,
  };
}

/** At the pointer, or from the keyboard at the beginning of the row; a menu leaves the row in sight. */
function menuPlace(event: MouseEvent, row: Element): { x: number; y: number; height: number } {
  const { left, top, bottom, height } = row.getBoundingClientRect();
  const inside = event.clientY > top && event.clientY < bottom && event.button === 2;
  return { x: inside ? event.clientX : left + 48, y: top, height };
}

function isSelectingText(): boolean {
  return window.getSelection()?.type === "Range";
}
