import { classes } from "../../lib/classes";
import styles from "./Logo.module.css";

/** The sign of the app. Its name stands beside it, so screen readers pass over it. */
export function Logo({ size = "small" }: { size?: "small" | "large" }) {
  return <span className={classes(styles.logo, styles[size])} aria-hidden="true" />;
}
