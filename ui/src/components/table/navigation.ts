/** Where the arrows lead in a table. Pure. */
import type { Cursor } from "./types";

export interface Extent {
  rows: number;
  columns: number;
  /** How many rows a page key passes. */
  pageRows: number;
  /** Whether the header can be reached, because something in it can be pressed. */
  header: boolean;
}

export interface Stroke {
  key: string;
  ctrl: boolean;
}

/** The place that `stroke` leads to from `from`, or null when it is no movement. */
export function move(from: Cursor, stroke: Stroke, extent: Extent): Cursor | null {
  const last = extent.rows - 1;
  const { row, column } = from;
  switch (stroke.key) {
    case "ArrowDown":
      return row < 0 ? toRow(0, null, extent) : toRow(row + 1, column, extent);
    case "ArrowUp":
      return row === 0 && extent.header
        ? { row: -1, column: column ?? 0 }
        : toRow(row < 0 ? row : row - 1, column, extent);
    case "PageDown":
      return toRow(Math.max(row, 0) + extent.pageRows, column, extent);
    case "PageUp":
      return row < 0 ? from : toRow(row - extent.pageRows, column, extent);
    case "Home":
      return column === null || stroke.ctrl ? toRow(0, null, extent) : { row, column: 0 };
    case "End":
      return column === null || stroke.ctrl
        ? toRow(last, null, extent)
        : { row, column: extent.columns - 1 };
    case "ArrowRight":
      return { row, column: Math.min(column === null ? 0 : column + 1, extent.columns - 1) };
    case "ArrowLeft":
      if (row < 0) return { row, column: Math.max(0, (column ?? 0) - 1) };
      return { row, column: column === null || column === 0 ? null : column - 1 };
    default:
      return null;
  }
}

function toRow(row: number, column: number | null, { rows }: Extent): Cursor {
  if (rows === 0) return { row: -1, column: column ?? 0 };
  return { row: Math.max(0, Math.min(row, rows - 1)), column };
}

/**
 * The next row after `from` whose text begins with `typed`, going round. Rows that are not loaded
 * (undefined) are passed over. While one more letter is added to a word, the row itself counts.
 */
export function findByText(
  typed: string,
  from: number,
  rows: number,
  textAt: (index: number) => string | undefined,
): number | undefined {
  const wanted = typed.toLowerCase();
  const start = typed.length > 1 ? from : from + 1;
  for (let step = 0; step < rows; step += 1) {
    const index = (Math.max(0, start) + step) % rows;
    if (textAt(index)?.toLowerCase().startsWith(wanted)) return index;
  }
  return undefined;
}
