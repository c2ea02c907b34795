import { classes } from "../../lib/classes";
import styles from "./state.module.css";

/** A grey bar where a word will be. `width` is any CSS length. */
export function Skeleton({ width = "60%" }: { width?: string }) {
  return <span className={styles.bone} style={{ width }} />;
}

export interface SkeletonRowsProps {
  rows?: number;
  /** What is being loaded, for screen readers. */
  label: string;
  density?: "normal" | "compact";
}

/** Rows that are under way. */
export function SkeletonRows({ rows = 6, label, density = "normal" }: SkeletonRowsProps) {
  return (
    <div role="status" aria-label={`Loading ${label}`}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={classes(styles.row, density === "compact" && styles.compact)}>
          <Skeleton width={skeletonWidth(index)} />
        </div>
      ))}
    </div>
  );
}

/** Widths that look like words, always the same for the same place. */
export function skeletonWidth(place: number): string {
  return `${38 + ((place * 37) % 45)}%`;
}
