import { Check } from "lucide-react";
import { memo } from "react";
import { classes } from "../../lib/classes";
import { Skeleton, skeletonWidth } from "../state/Skeleton";
import { HeadingRow } from "./HeadingRow";
import type { Column, Heading } from "./types";
import styles from "./VirtualTable.module.css";

export interface TableRowProps<Row> {
  /** Undefined while it is being loaded. */
  row: Row | undefined;
  /** What heads the rows below, in place of a row. */
  heading: Heading | undefined;
  /** How deep the row stands, where there are headings. */
  level: number | undefined;
  index: number;
  columns: readonly Column<Row>[];
  height: number;
  /** The column that holds the tab stop, null for the row itself, false for neither. */
  cursor: number | null | false;
  /** Undefined where rows cannot be ticked. */
  selected: boolean | undefined;
  current: boolean;
}

/** One row. It handles nothing itself: the table hears for all of its rows. */
export const TableRow = memo(function TableRow<Row>({
  row,
  heading,
  level,
  index,
  columns,
  height,
  cursor,
  selected,
  current,
}: TableRowProps<Row>) {
  if (heading) {
    return (
      <HeadingRow
        heading={heading}
        index={index}
        height={height}
        columns={columns.length}
        hasCursor={cursor !== false}
      />
    );
  }
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-level={level}
      aria-selected={selected}
      aria-busy={row === undefined || undefined}
      aria-current={current || undefined}
      data-index={index}
      tabIndex={cursor === null ? 0 : -1}
      className={styles.row}
      style={{ top: index * height, height }}
    >
      {selected !== undefined && (
        <div role="gridcell" aria-colindex={1} className={styles.tick} data-tick="">
          <span className={styles.box}>{selected && <Check size={12} strokeWidth={3} />}</span>
        </div>
      )}
      {columns.map((column, place) => (
        <div
          key={column.id}
          role="gridcell"
          aria-colindex={place + (selected === undefined ? 1 : 2)}
          data-column={place}
          tabIndex={cursor === place ? 0 : -1}
          className={classes(
            styles.cell,
            column.align && styles[column.align],
            column.flush && styles.flush,
          )}
        >
          {row === undefined ? (
            <Skeleton width={skeletonWidth(index * 3 + place)} />
          ) : (
            column.cell(row)
          )}
        </div>
      ))}
    </div>
  );
}) as <Row>(props: TableRowProps<Row>) => React.JSX.Element;
