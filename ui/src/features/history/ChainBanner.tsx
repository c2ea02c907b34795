import { Link } from "@tanstack/react-router";
import { ShieldAlert } from "lucide-react";
import { useHistoryCheck } from "../../api/history";
import { breaksSummary } from "./chainWords";
import styles from "./Chain.module.css";

/** Says on every screen that the history was changed by something else than Reeve. */
export default function ChainBanner() {
  const { check } = useHistoryCheck();
  if (!check || check.breaks.length === 0) return null;
  return (
    <div className={styles.banner} role="alert">
      <ShieldAlert size={15} aria-hidden="true" className={styles.alarm} />
      <p>
        <strong>The history was changed by another program</strong>: {breaksSummary(check.breaks)}.
        Nothing was removed or repaired.
      </p>
      <Link to="/history" search={{}} className={styles.show}>
        Show
      </Link>
    </div>
  );
}
