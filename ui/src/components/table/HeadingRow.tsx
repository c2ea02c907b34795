import { ChevronRight } from "lucide-react";
import { classes } from "../../lib/classes";
import type { Heading, Headings } from "./types";
import styles from "./VirtualTable.module.css";

export interface HeadingRowProps {
  heading: Heading;
  index: number;
  height: number;
  /** How many columns it spans. */
  columns: number;
  /** Whether it holds the tab stop. */
  hasCursor: boolean;
}

/** The row that heads those below it. It handles nothing itself: the table hears for it. */
export function HeadingRow({ heading, index, height, columns, hasCursor }: HeadingRowProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-level={1}
      aria-expanded={heading.isOpen}
      data-index={index}
      tabIndex={hasCursor ? 0 : -1}
      className={classes(styles.row, styles.heading)}
      style={{ top: index * height, height }}
    >
      <div role="gridcell" aria-colindex={1} aria-colspan={columns} className={styles.headingCell}>
        <HeadingWords heading={heading} />
      </div>
    </div>
  );
}

function HeadingWords({ heading: { title, isOpen } }: { heading: Heading }) {
  return (
    <>
      <ChevronRight
        size={14}
        aria-hidden="true"
        className={classes(styles.chevron, isOpen && styles.open)}
      />
      {title}
    </>
  );
}

export interface PinnedHeadingProps {
  headings: Headings;
  /** The first row in sight. */
  first: number;
  /** Where it stands, how high and how wide it is. Pixels. */
  top: number;
  height: number;
  width: number;
  /** Called with the heading's place before it closes. */
  onPress: (index: number) => void;
}

/**
 * The heading of the first row in sight, for as long as its own place is scrolled away. For the
 * eye and the pointer only: others have the row itself.
 */
export function PinnedHeading({
  headings,
  first,
  top,
  height,
  width,
  onPress,
}: PinnedHeadingProps) {
  const index = headings.above(first);
  const heading = headings.at(index);
  // The next heading pushes it away, and so it is not covered itself.
  if (!heading || index === first || headings.at(first + 1)) return null;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden="true"
      className={classes(styles.heading, styles.headingCell, styles.pinned)}
      style={{ top, height, width }}
      onClick={() => {
        onPress(index);
        headings.toggle(heading.key);
      }}
    >
      <HeadingWords heading={heading} />
    </button>
  );
}
