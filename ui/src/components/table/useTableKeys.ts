import { useRef, type KeyboardEvent } from "react";
import { findByText, move } from "./navigation";
import { nextSort } from "./sorting";
import type { Cursor } from "./types";
import type { VirtualTableProps } from "./VirtualTable";

interface TableKeys<Row> extends VirtualTableProps<Row> {
  cursor: Cursor;
  goTo: (cursor: Cursor) => void;
  pageRows: number;
}

/** Letters typed within this time are one word. Milliseconds. */
const WORD = 600;

/** What the keyboard does in a table. */
export function useTableKeys<Row>(table: TableKeys<Row>): (event: KeyboardEvent) => void {
  const typed = useRef({ text: "", at: 0 });
  const { cursor, goTo, rowAt, rowKey, selection } = table;

  const onMove = (event: KeyboardEvent): boolean => {
    const next = move(
      cursor,
      { key: event.key, ctrl: event.ctrlKey || event.metaKey },
      {
        rows: table.rowCount,
        columns: table.columns.length,
        pageRows: table.pageRows,
        header: table.columns.some(({ sortable }) => sortable),
      },
    );
    if (!next) return false;
    if (event.shiftKey && selection && cursor.row >= 0 && next.row >= 0) {
      selection.addRange(cursor.row, next.row);
    }
    goTo(next);
    return true;
  };

  const onHeading = ({ key }: KeyboardEvent): boolean => {
    const { headings } = table;
    if (!headings || cursor.row < 0) return false;
    const heading = headings.at(cursor.row);
    if (!heading) {
      if (key !== "ArrowLeft" || cursor.column !== null) return false;
      goTo({ row: headings.above(cursor.row), column: null });
      return true;
    }
    const isSideways = key === "ArrowLeft" || key === "ArrowRight";
    const turns = isSideways && heading.isOpen === (key === "ArrowLeft");
    if (turns || key === "Enter" || key === " ") headings.toggle(heading.key);
    return isSideways || key === "Enter" || key === " ";
  };

  const onAct = (event: KeyboardEvent): boolean => {
    const row = cursor.row < 0 ? undefined : rowAt(cursor.row);
    const column = cursor.column === null ? undefined : table.columns[cursor.column];
    const presses = event.key === "Enter" || event.key === " ";
    if (cursor.row < 0 && presses && column) {
      if (column.sortable) table.onSortChange?.(nextSort(table.sort, column.id));
      return true;
    }
    if (row === undefined) return false;
    if (event.key === "Enter") {
      table.onOpen?.(row, cursor.row);
      return table.onOpen !== undefined;
    }
    if (event.key === " " && selection) {
      selection.toggle(rowKey(row));
      return true;
    }
    if (event.key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey) && selection) {
      selection.tickAll();
      return true;
    }
    if (event.key === "Escape" && selection && selection.extent !== "none") {
      selection.clear();
      event.stopPropagation();
      return true;
    }
    return false;
  };

  const onType = (event: KeyboardEvent): boolean => {
    const { typeAheadText } = table;
    if (!typeAheadText || event.key.length !== 1) return false;
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const fresh = event.timeStamp - typed.current.at > WORD;
    if (fresh && event.key === " ") return false;
    typed.current = { text: (fresh ? "" : typed.current.text) + event.key, at: event.timeStamp };
    const found = findByText(typed.current.text, cursor.row, table.rowCount, (index) => {
      const row = rowAt(index);
      return row === undefined ? undefined : typeAheadText(row);
    });
    if (found !== undefined) goTo({ row: found, column: null });
    return true;
  };

  return (event) => {
    if (isControl(event.target)) return;
    const isHeard =
      (isWordGoingOn(event) && onType(event)) ||
      onHeading(event) ||
      onMove(event) ||
      onAct(event) ||
      onType(event);
    if (isHeard) event.preventDefault();
  };

  /** Within a word, a space belongs to the word and does not tick. */
  function isWordGoingOn(event: KeyboardEvent): boolean {
    return event.key === " " && event.timeStamp - typed.current.at <= WORD;
  }
}

/** A link or a button within a cell has keys of its own. */
function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest("a,button,input,select,textarea") !== null;
}
