import { useVirtualizer, type Range } from "@tanstack/react-virtual";
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type CSSProperties,
  type ReactNode,
} from "react";
import { classes } from "../../lib/classes";
import { TableHeader } from "./TableHeader";
import { TableRow } from "./TableRow";
import { useTableKeys } from "./useTableKeys";
import { useTablePointer } from "./useTablePointer";
import { PinnedHeading } from "./HeadingRow";
import type { Column, Cursor, Headings, ListPosition, Selection, Sort } from "./types";
import styles from "./VirtualTable.module.css";

export interface VirtualTableProps<Row> {
  /** Its name for a screen reader. */
  label: string;
  columns: readonly Column<Row>[];
  rowCount: number;
  /** The row at that place, or undefined while it is being loaded, or for a heading. Must be cheap. */
  rowAt: (index: number) => Row | undefined;
  rowKey: (row: Row) => string;
  /** Rows that head others. Enter or a click opens and closes one, and so do Left and Right. */
  headings?: Headings | undefined;
  /** Says which rows are in sight, so that they can be loaded. */
  onRangeChange?: (first: number, last: number) => void;
  sort?: Sort | undefined;
  onSortChange?: (sort: Sort) => void;
  /** Enter, or a click. */
  onOpen?: (row: Row, index: number) => void;
  /** The right mouse button, or Shift+F10. The place is in the window, in pixels: as high as the row. */
  onMenu?: (row: Row, at: { x: number; y: number; height: number }) => void;
  /** Lets rows be ticked: Space, Shift with the arrows, Ctrl+A, Esc, or the pointer. */
  selection?: Selection | undefined;
  /** The row that is shown beside the table. */
  currentKey?: string | undefined;
  /** What typing letters searches: the text a row begins with. */
  typeAheadText?: (row: Row) => string;
  density?: "normal" | "compact";
  /**
   * Which list this is: its filters and order. When it changes, the reader is taken to `position`
   * or to the first row; the focus stays where it is.
   */
  listKey?: string;
  /** Where the reader was when the list was last on screen; and hears where they are. */
  position?: ListPosition | undefined;
  onPositionChange?: (position: ListPosition) => void;
  /** Stands in place of rows when there are none. */
  empty?: ReactNode;
}

const HEADER_HEIGHT = 30;
const ROW_HEIGHT = { normal: 34, compact: 28 };

/**
 * A table of any length. Only the rows in sight exist; one of them, or a cell, holds the only tab
 * stop. Arrows, Home, End, PgUp and PgDn move it, letters jump, Enter opens, Space ticks.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { columns, rowCount, rowAt, rowKey, selection, position, headings } = props;
  const { density = "normal" } = props;
  const height = ROW_HEIGHT[density];
  const grid = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<Cursor>({ row: position?.index ?? 0, column: null });
  const [list, setList] = useState(props.listKey);
  if (list !== props.listKey) {
    setList(props.listKey);
    if (cursor.row >= 0) setCursor({ row: position?.index ?? 0, column: null });
  }
  // A list that grew shorter still has its tab stop.
  const at = cursor.row < rowCount ? cursor : lastPlace(rowCount);

  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is compiled or memoised
  const virtual = useVirtualizer({
    count: rowCount,
    getScrollElement: () => grid.current,
    estimateSize: () => height,
    overscan: 6,
    scrollPaddingStart: HEADER_HEIGHT + (headings ? height : 0),
    // The rows begin below the header, so the last one in sight ends that much lower.
    scrollPaddingEnd: HEADER_HEIGHT,
    initialOffset: position?.offset ?? 0,
    // The row with the tab stop always exists: it may have the focus.
    rangeExtractor: useCallback((range: Range) => rowsToBuild(range, at.row), [at.row]),
  });

  const lastList = useRef(props.listKey);
  useLayoutEffect(() => {
    if (lastList.current === props.listKey) return;
    lastList.current = props.listKey;
    virtual.scrollToOffset(position?.offset ?? 0);
  });
  useVisibleRange(virtual.range?.startIndex, virtual.range?.endIndex, props.onRangeChange);
  const focusSoon = useFocusCursor(grid, at);

  const moveTo = (next: Cursor) => {
    setCursor(next);
    props.onPositionChange?.({ index: Math.max(0, next.row), offset: virtual.scrollOffset ?? 0 });
  };
  const goTo = (next: Cursor) => {
    focusSoon();
    if (next.row >= 0) virtual.scrollToIndex(next.row, { align: "auto" });
    moveTo(next);
  };
  const pageRows = Math.max(
    1,
    Math.floor(((grid.current?.clientHeight ?? 0) - HEADER_HEIGHT) / height) - 1,
  );
  const keys = useTableKeys({ ...props, cursor: at, goTo, pageRows });
  const pointer = useTablePointer({ ...props, cursor: at, setCursor: moveTo });

  const tracks = columns.map(({ width }) => width).join(" ");
  return (
    <div className={styles.frame}>
      {/* The grid hears for all of its rows. */}
      <div
        ref={grid}
        role="grid"
        {...(headings && { role: "treegrid" })}
        tabIndex={-1}
        aria-label={props.label}
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length + (selection ? 1 : 0)}
        aria-multiselectable={selection ? true : undefined}
        data-returned={position ? "" : undefined}
        className={classes(styles.grid, styles[density])}
        style={{ "--columns": selection ? `38px ${tracks}` : tracks } as CSSProperties}
        onKeyDown={keys}
        onScroll={({ currentTarget: { scrollTop } }) =>
          props.onPositionChange?.({ index: Math.max(0, at.row), offset: scrollTop })
        }
        {...pointer}
      >
        <TableHeader
          columns={columns}
          sort={props.sort}
          cursor={at.row < 0 ? at.column : null}
          ticked={selection?.extent}
        />
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index }) => {
            const row = rowAt(index);
            const key = row === undefined ? undefined : rowKey(row);
            return (
              <TableRow
                key={index}
                row={row}
                heading={headings?.at(index)}
                level={headings && 2}
                index={index}
                columns={columns}
                height={height}
                cursor={index === at.row && at.column}
                selected={selection && key !== undefined ? selection.has(key) : selection && false}
                current={key !== undefined && key === props.currentKey}
              />
            );
          })}
        </div>
      </div>
      {headings && rowCount > 0 && (
        <PinnedHeading
          headings={headings}
          first={virtual.range?.startIndex ?? 0}
          top={HEADER_HEIGHT}
          height={height}
          width={grid.current?.clientWidth ?? 0}
          onPress={(index) => {
            virtual.scrollToOffset(index * height);
            moveTo({ row: index, column: null });
          }}
        />
      )}
      {rowCount === 0 && <div className={styles.empty}>{props.empty}</div>}
    </div>
  );
}

/** The end of the table; where there are no rows, its header. */
function lastPlace(rowCount: number): Cursor {
  return rowCount === 0 ? { row: -1, column: 0 } : { row: rowCount - 1, column: null };
}

function rowsToBuild(range: Range, kept: number): number[] {
  const first = Math.max(0, range.startIndex - range.overscan);
  const last = Math.min(range.count - 1, range.endIndex + range.overscan);
  const rows = Array.from({ length: last - first + 1 }, (_, step) => first + step);
  if (kept >= 0 && kept < first) rows.unshift(kept);
  if (kept > last && kept < range.count) rows.push(kept);
  return rows;
}

function useVisibleRange(
  first: number | undefined,
  last: number | undefined,
  onRangeChange: ((first: number, last: number) => void) | undefined,
): void {
  useEffect(() => {
    if (first !== undefined && last !== undefined) onRangeChange?.(first, last);
  }, [first, last, onRangeChange]);
}

/** After `focusSoon()`, the next place of the cursor gets the focus. */
function useFocusCursor(grid: React.RefObject<HTMLDivElement | null>, cursor: Cursor): () => void {
  const wanted = useRef(false);
  useLayoutEffect(() => {
    if (!wanted.current) return;
    wanted.current = false;
    const row = grid.current?.querySelector<HTMLElement>(`[data-index="${cursor.row}"]`);
    const cell = cursor.column === null ? null : `[data-column="${cursor.column}"]`;
    // A heading has no cells to stop at.
    const place = (cell === null ? null : row?.querySelector(cell)) ?? row;
    if (place instanceof HTMLElement) place.focus({ preventScroll: true });
  }, [grid, cursor]);
  return () => {
    wanted.current = true;
  };
}
