import { ArrowDown, ArrowUp, Check, Minus } from "lucide-react";
import { classes } from "../../lib/classes";
import type { Column, Sort } from "./types";
import styles from "./VirtualTable.module.css";

export interface TableHeaderProps<Row> {
  columns: readonly Column<Row>[];
  sort: Sort | undefined;
  /** The column that holds the tab stop, null when the header does not. */
  cursor: number | null;
  /** How much is ticked; undefined where rows cannot be ticked. */
  ticked: "none" | "some" | "all" | undefined;
}

/** The names of the columns. Like the rows, it handles nothing itself. */
export function TableHeader<Row>({ columns, sort, cursor, ticked }: TableHeaderProps<Row>) {
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} data-index={-1} className={styles.headRow}>
        {ticked !== undefined && (
          <div role="columnheader" aria-colindex={1} className={styles.tick} data-tick="">
            <span className="visually-hidden">Ticked</span>
            <span className={styles.box} data-on={ticked !== "none" || undefined}>
              {ticked === "some" && <Minus size={12} strokeWidth={3} />}
              {ticked === "all" && <Check size={12} strokeWidth={3} />}
            </span>
          </div>
        )}
        {columns.map((column, place) => {
          const direction = sort?.column === column.id ? sort.direction : undefined;
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-colindex={place + (ticked === undefined ? 1 : 2)}
              aria-sort={column.sortable ? (direction ?? "none") : undefined}
              data-column={place}
              tabIndex={cursor === place ? 0 : -1}
              className={classes(
                styles.headCell,
                column.sortable && styles.sortable,
                column.align && styles[column.align],
                column.flush && styles.flush,
              )}
            >
              {column.headerContent ?? <span className="truncate">{column.header}</span>}
              {direction === "ascending" && <ArrowUp size={12} aria-hidden="true" />}
              {direction === "descending" && <ArrowDown size={12} aria-hidden="true" />}
            </div>
          );
        })}
      </div>
    </div>
  );
}
