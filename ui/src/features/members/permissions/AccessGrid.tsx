import { Fragment, memo, useRef, useState, type KeyboardEvent, type MouseEvent } from "react";
import { CellMark, stateWord } from "../../../components/permissions/CellMark";
import {
  cursorOf,
  movedBy,
  typedTo,
  type GridCursor,
} from "../../../components/permissions/gridCursor";
import table from "../../../components/permissions/table.module.css";
import { useTyped } from "../../../components/permissions/useTyped";
import { classes } from "../../../lib/classes";
import { COLUMNS, passes, type AccessCell, type AccessFilter, type AccessRow } from "./accessRows";
import styles from "./permissions.module.css";

export interface AccessGridProps {
  label: string;
  rows: readonly AccessRow[];
  /** Cells that are not looked for stand back. */
  filter: AccessFilter;
  cursor: GridCursor;
  onCursor: (cursor: GridCursor) => void;
  /** Enter or a click: the rules behind the cell are wanted. */
  onOpen: (how: "key" | "pointer") => void;
}

/** Subjects by actions, for reading: arrows, Home, End, PgUp and PgDn move, letters jump to a subject. */
export function AccessGrid({ label, rows, filter, cursor, onCursor, onOpen }: AccessGridProps) {
  const grid = useRef<HTMLDivElement>(null);
  const typed = useTyped();

  const goTo = (to: GridCursor) => {
    onCursor(to);
    const cell = grid.current?.querySelector<HTMLElement>(`[data-cell="${to.row}:${to.column}"]`);
    cell?.focus({ preventScroll: true });
    cell?.scrollIntoView({ block: "nearest" });
  };
  const jump = (letter: string) => {
    const found = typedTo(typed(letter), cursor.row, rows);
    if (found !== undefined) goTo({ row: found, column: cursor.column });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    const to = altKey ? undefined : movedBy(key, ctrlKey || metaKey, cursor, rows);
    if (to) {
      // There is nothing to know about a heading.
      if (to.row >= 0) goTo(to);
    } else if (key === "Enter" || key === " ") onOpen("key");
    else if (key.length === 1 && !ctrlKey && !metaKey && !altKey) jump(key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onClick = ({ target }: MouseEvent<HTMLElement>) => {
    const at = target instanceof Element ? cursorOf(target) : undefined;
    if (!at) return;
    goTo(at);
    onOpen("pointer");
  };

  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={-1}
      aria-label={label}
      aria-readonly="true"
      aria-rowcount={rows.length + 1}
      className={classes(table.grid, styles.grid)}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div role="row" aria-rowindex={1} className={table.head}>
        {["Subject", ...COLUMNS.map(({ title }) => title), "More actions"].map((title) => (
          <div key={title} role="columnheader" className={table.headCell}>
            {title}
          </div>
        ))}
      </div>
      {rows.map((row, index) => (
        <Fragment key={row.subject}>
          {row.area !== rows[index - 1]?.area && (
            <div role="row" className={table.area}>
              <div role="rowheader" aria-colspan={6}>
                {row.area}
              </div>
            </div>
          )}
          <Row
            row={row}
            index={index}
            filter={filter}
            cursor={cursor.row === index ? cursor.column : null}
          />
        </Fragment>
      ))}
    </div>
  );
}

interface RowProps {
  row: AccessRow;
  index: number;
  filter: AccessFilter;
  /** The column with the tab stop, if it is in this row. */
  cursor: number | null;
}

const Row = memo(function Row(props: RowProps) {
  const { row, index, cursor } = props;
  return (
    <div role="row" aria-rowindex={index + 2} className={classes(table.row, styles.row)}>
      <div
        role="rowheader"
        tabIndex={cursor === 0 ? 0 : -1}
        data-cell={`${index}:0`}
        className={classes(table.subject, cursor === 0 && styles.current)}
      >
        <span className={classes(table.title, !row.known && table.strange)} title={row.title}>
          {row.title}
        </span>
        <span className={classes("mono", table.slug)} title={row.subject}>
          {row.subject}
        </span>
      </div>
      {row.columns.map((cell, at) => (
        <GridCell key={at} {...props} cell={cell} column={at + 1} look="box" />
      ))}
      <div role="presentation" className={table.special}>
        {row.special.map((cell, at) => (
          <GridCell
            key={`${cell.title} ${at}`}
            {...props}
            cell={cell}
            column={5 + at}
            look="chip"
          />
        ))}
        {row.special.length === 0 && <GridCell {...props} cell={null} column={5} look="chip" />}
      </div>
    </div>
  );
});

interface GridCellProps extends RowProps {
  cell: AccessCell | null;
  column: number;
  look: "box" | "chip";
}

function GridCell({ row, index, filter, cell, column, look, cursor }: GridCellProps) {
  const what = cell ? `${cell.title} on ${row.title}` : `${row.title}: no such action`;
  const isMeant = cell?.actions.some((action) => passes(action, filter)) ?? false;
  return (
    <div
      role="gridcell"
      tabIndex={cursor === column ? 0 : -1}
      data-cell={`${index}:${column}`}
      data-state={cell?.state}
      aria-label={cell ? `${what}: ${stateWord(cell.state)}` : what}
      title={cell ? `${cell.title}: ${stateWord(cell.state)}` : undefined}
      className={classes(
        look === "box" ? table.cell : table.chipCell,
        !cell && table.noCell,
        cell?.isLegacy && table.legacy,
        cursor === column && styles.current,
        cell && !isMeant && styles.faded,
      )}
    >
      {cell && <CellMark cell={cell} look={look} />}
    </div>
  );
}

/** The tab stop of a grid whose rows change under it. */
export function useGridCursor(rows: readonly AccessRow[]) {
  const [asked, setCursor] = useState<GridCursor>({ row: 0, column: 1 });
  const row = Math.max(0, Math.min(asked.row, rows.length - 1));
  const last = 4 + Math.max(1, rows[row]?.special.length ?? 0);
  return [{ row, column: Math.min(asked.column, last) }, setCursor] as const;
}
