/** Where the tab stop of the permission table goes. Pure. */

/** What the tab stop needs to know of a row: its name, and its actions outside of the columns. */
export interface GridRow {
  title: string;
  special: readonly unknown[];
}

/** Row -1 is the heading, column 0 the subject, 1 to 4 the columns, 5 on the other actions. */
export interface GridCursor {
  row: number;
  column: number;
}

const PAGE = 10;

/** Where a key leads from `from`; undefined if it leads nowhere. */
export function movedBy(
  key: string,
  ctrl: boolean,
  from: GridCursor,
  rows: readonly GridRow[],
): GridCursor | undefined {
  const last = rows.length - 1;
  const to = (row: number, column: number): GridCursor => {
    const at = Math.min(Math.max(row, -1), last);
    return { row: at, column: Math.min(Math.max(column, 0), lastColumn(rows[at])) };
  };
  switch (key) {
    case "ArrowUp":
      return to(from.row - 1, from.column);
    case "ArrowDown":
      return to(from.row + 1, from.column);
    case "ArrowLeft":
      return to(from.row, from.column - 1);
    case "ArrowRight":
      return to(from.row, from.column + 1);
    case "Home":
      return to(ctrl ? 0 : from.row, 0);
    case "End":
      return to(ctrl ? last : from.row, Number.MAX_SAFE_INTEGER);
    case "PageUp":
      return to(Math.max(0, from.row - PAGE), from.column);
    case "PageDown":
      return to(from.row + PAGE, from.column);
    default:
      return undefined;
  }
}

/** The next row, after `from` and round the end, whose title begins with what was typed. */
export function typedTo(typed: string, from: number, rows: readonly GridRow[]): number | undefined {
  const wanted = typed.toLowerCase();
  // A first letter goes on from the next row, more letters stay where they fit.
  const start = typed.length > 1 ? from : from + 1;
  for (let step = 0; step < rows.length; step++) {
    const at = (Math.max(0, start) + step) % rows.length;
    const row = rows[at];
    if (row?.title.toLowerCase().startsWith(wanted)) return at;
  }
  return undefined;
}

function lastColumn(row: GridRow | undefined): number {
  return row ? 4 + Math.max(1, row.special.length) : 5;
}

/** The cell of the grid that an element is in. */
export function cursorOf(element: Element): GridCursor | undefined {
  const place = element.closest<HTMLElement>("[data-cell]")?.dataset.cell;
  if (place === undefined) return undefined;
  const [row, column] = place.split(":").map(Number);
  return row === undefined || column === undefined ? undefined : { row, column };
}
