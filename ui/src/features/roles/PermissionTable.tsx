import { ChevronRight } from "lucide-react";
import { Fragment, memo, useRef, type ReactNode } from "react";
import { classes } from "../../lib/classes";
import { formatCount, formatQuantity } from "../../lib/numbers";
import { CellMark, stateWord } from "../../components/permissions/CellMark";
import { COLUMNS, type TableCell, type TableRow } from "./tableRows";
import type { GridCursor } from "../../components/permissions/gridCursor";
import { useGridKeys } from "./useGridKeys";
import styles from "../../components/permissions/table.module.css";

export interface PermissionTableProps {
  label: string;
  rows: readonly TableRow[];
  open: ReadonlySet<string>;
  /** The state of the cells is about older rules. */
  isStale: boolean;
  isReadOnly: boolean;
  onOpen: (subject: string, isOpen: boolean) => void;
  onToggle: (
    cells: readonly TableCell[],
    rows: readonly TableRow[],
    effect: "allow" | "forbid",
  ) => void;
  onFill: (from: TableRow, to: readonly TableRow[], column: number) => void;
  onCopy: (row: TableRow) => void;
  onPaste: (row: TableRow) => void;
  /** What stands below an open row. */
  detail: (row: TableRow) => ReactNode;
}

/**
 * Subjects by actions. Arrows, Home, End, PgUp and PgDn move, letters jump to a subject, Space
 * toggles Allow and Shift+Space Forbid, on a subject its whole row, on a heading its whole column.
 */
export function PermissionTable(props: PermissionTableProps) {
  const { label, rows, open, isStale, isReadOnly } = props;
  const grid = useRef<HTMLDivElement>(null);
  const keys = useGridKeys(grid, props);
  const { cursor, range } = keys;
  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={-1}
      aria-label={label}
      aria-busy={isStale}
      aria-readonly={isReadOnly || undefined}
      aria-rowcount={rows.length + 1}
      className={styles.grid}
      onKeyDown={keys.onKeyDown}
      onClick={keys.onClick}
    >
      <div role="row" aria-rowindex={1} className={styles.head}>
        {["Subject", ...COLUMNS.map(({ title }) => title)].map((title, column) => (
          <div
            key={title}
            role="columnheader"
            tabIndex={cursor.row === -1 && cursor.column === column ? 0 : -1}
            data-cell={`-1:${column}`}
            className={styles.headCell}
            onFocus={() => keys.moveTo({ row: -1, column })}
          >
            {title}
          </div>
        ))}
        <div
          role="columnheader"
          tabIndex={cursor.row === -1 && cursor.column === 5 ? 0 : -1}
          data-cell="-1:5"
          className={styles.headCell}
          onFocus={() => keys.moveTo({ row: -1, column: 5 })}
        >
          More actions
        </div>
      </div>
      {rows.map((row, index) => (
        <Fragment key={row.subject}>
          {row.area !== rows[index - 1]?.area && (
            <div role="row" className={styles.area}>
              <div role="rowheader" aria-colspan={6}>
                {row.area}
              </div>
            </div>
          )}
          <Row
            row={row}
            index={index}
            cursor={cursor.row === index ? cursor.column : null}
            range={range && index >= range.from && index <= range.to ? range.column : null}
            isOpen={open.has(row.subject)}
            isReadOnly={isReadOnly}
            onMove={keys.moveTo}
          />
          {open.has(row.subject) && (
            <div role="row" className={styles.detail} data-detail={row.subject}>
              <div role="gridcell" aria-colspan={6} className={styles.detailCell}>
                {props.detail(row)}
              </div>
            </div>
          )}
        </Fragment>
      ))}
    </div>
  );
}

interface RowProps {
  row: TableRow;
  index: number;
  /** The column with the tab stop, if it is in this row. */
  cursor: number | null;
  /** The column of the range that this row is in. */
  range: number | null;
  isOpen: boolean;
  isReadOnly: boolean;
  onMove: (to: GridCursor) => void;
}

const Row = memo(function Row(props: RowProps) {
  const { row, index, cursor, range, isOpen } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-row={row.subject}
      className={classes(styles.row, isOpen && styles.openRow)}
      title={row.description}
    >
      <div
        role="rowheader"
        tabIndex={cursor === 0 ? 0 : -1}
        data-cell={`${index}:0`}
        aria-expanded={isOpen}
        className={classes(styles.subject, range === 0 && styles.inRange)}
        onFocus={() => props.onMove({ row: index, column: 0 })}
      >
        <ChevronRight size={13} className={styles.arrow} aria-hidden="true" />
        <span className={classes(styles.title, !row.known && styles.strange)}>{row.title}</span>
        {row.subject !== "" && <span className={classes("mono", styles.slug)}>{row.subject}</span>}
        {row.isChanged && (
          <span className={styles.changed} title="Changed since it was saved">
            <span className="visually-hidden">, changed</span>
          </span>
        )}
        {row.rules > 0 && (
          <span className={styles.count} title={formatQuantity(row.rules, "rule")}>
            <span aria-hidden="true">{formatCount(row.rules)}</span>
            <span className="visually-hidden">, {formatQuantity(row.rules, "rule")}</span>
          </span>
        )}
      </div>
      {row.columns.map((cell, at) => (
        <GridCell key={at} {...props} cell={cell} column={at + 1} look="box" />
      ))}
      <div role="presentation" className={styles.special}>
        {row.special.map((cell, at) => (
          <GridCell key={cell.actions.join()} {...props} cell={cell} column={5 + at} look="chip" />
        ))}
        {row.special.length === 0 && <GridCell {...props} cell={null} column={5} look="chip" />}
      </div>
    </div>
  );
});

interface GridCellProps extends RowProps {
  cell: TableCell | null;
  column: number;
  look: "box" | "chip";
}

function GridCell({
  row,
  index,
  cell,
  column,
  look,
  cursor,
  range,
  isReadOnly,
  ...on
}: GridCellProps) {
  const at = { row: index, column };
  const what = cell ? `${cell.title} on ${row.title}` : `${row.title}: no such action`;
  return (
    <div
      role="gridcell"
      tabIndex={cursor === column ? 0 : -1}
      data-cell={`${index}:${column}`}
      data-state={cell?.state}
      data-actions={cell?.actions.join(" ")}
      data-subject={row.subject}
      aria-label={cell ? `${what}: ${stateWord(cell.state)}` : what}
      aria-readonly={isReadOnly || !cell || undefined}
      title={
        cell ? `${cell.title} · ${cell.actions.join(", ")}: ${stateWord(cell.state)}` : undefined
      }
      className={classes(
        look === "box" ? styles.cell : styles.chipCell,
        !cell && styles.noCell,
        cell?.isLegacy && styles.legacy,
        range === column && styles.inRange,
      )}
      onFocus={() => on.onMove(at)}
    >
      {cell && <CellMark cell={cell} look={look} />}
    </div>
  );
}
