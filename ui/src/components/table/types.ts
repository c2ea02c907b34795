import type { ReactNode } from "react";

export interface Column<Row> {
  id: string;
  header: string;
  /** What the header shows where a word is not enough, such as an axis; the word is still its name. */
  headerContent?: ReactNode;
  /** Lets what is in it reach the edges of the column. */
  flush?: boolean;
  /** A track of a CSS grid that does not depend on content: "120px", "minmax(0, 2fr)". */
  width: string;
  align?: "start" | "center" | "end";
  sortable?: boolean;
  /** Plain elements only: no component with state of its own, there are many of them. */
  cell: (row: Row) => ReactNode;
}

export interface Sort {
  column: string;
  direction: "ascending" | "descending";
}

/** Where the reader was: which row, and how far the list was scrolled, in pixels. */
export interface ListPosition {
  index: number;
  offset: number;
}

/** Which rows are ticked, and what ticks them. `useTicked` keeps one. */
export interface Selection {
  has: (key: string) => boolean;
  /** How much of the list is ticked. */
  extent: "none" | "some" | "all";
  toggle: (key: string) => void;
  /** Ticks the rows from one place to another, in either direction, both included. */
  addRange: (from: number, to: number) => void;
  tickAll: () => void;
  clear: () => void;
}

/** The place that holds the tab stop. Row -1 is the header; column null is the row as a whole. */
export interface Cursor {
  row: number;
  column: number | null;
}

/** A row that heads those below it, up to the next one. */
export interface Heading {
  key: string;
  title: ReactNode;
  /** Whether the rows below it are shown. */
  isOpen: boolean;
}

/** The headings among the rows of a table; they count as rows, and open and close their own. */
export interface Headings {
  /** The heading at that place, if one stands there. */
  at: (index: number) => Heading | undefined;
  /** The place of the heading under which that row stands; its own place, for a heading. */
  above: (index: number) => number;
  toggle: (key: string) => void;
}
