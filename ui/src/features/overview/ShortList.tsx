import { CalendarCheck2 } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { Button } from "../../components/button/Button";
import { Card } from "../../components/card/Card";
import { formatCount } from "../../lib/numbers";
import styles from "./OverviewScreen.module.css";

export interface ShortListProps<Row> {
  title: string;
  /** How many there are in all; `rows` are at most 50 of them. */
  count: number;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  children: (row: Row) => ReactNode;
  /** How many stand there before the rest is asked for. */
  shownFirst: number;
  /** What stands there when there are none. */
  empty?: string;
  /** Links and buttons after the title; none while there is nothing. */
  actions?: ReactNode;
  /** The columns that the rows share. */
  columns?: string | undefined;
}

/** A card with the first few of something, and the rest on demand. */
export function ShortList<Row>(props: ShortListProps<Row>) {
  const { title, count, rows, rowKey, children, shownFirst, empty, actions, columns } = props;
  const [all, setAll] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const showAll = () => {
    flushSync(() => setAll(true));
    // The button is gone: the reader goes on at the first of the rows it brought.
    list.current?.children[shownFirst]?.querySelector("a")?.focus();
  };
  // One row more takes no more room than the button that would show it.
  const shown = all || rows.length <= shownFirst + 1 ? rows : rows.slice(0, shownFirst);
  const isCut = count > rows.length && all;
  return (
    <Card
      title={title}
      count={isCut ? undefined : count}
      aside={isCut && `${formatCount(rows.length)} of ${formatCount(count)} are shown`}
      actions={count > 0 && actions}
    >
      {rows.length === 0 ? (
        <p className={styles.empty}>
          <CalendarCheck2 size={15} strokeWidth={1.75} aria-hidden="true" />
          {empty}
        </p>
      ) : (
        <ul ref={list} className={columns}>
          {shown.map((row) => (
            <li key={rowKey(row)}>{children(row)}</li>
          ))}
        </ul>
      )}
      {shown.length < rows.length && (
        <div className={styles.rest}>
          <Button variant="ghost" size="small" onPress={showAll}>
            {count > rows.length
              ? `Show ${formatCount(rows.length)} of ${formatCount(count)}`
              : `Show all ${formatCount(count)}`}
          </Button>
        </div>
      )}
    </Card>
  );
}
