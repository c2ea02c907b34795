import { Link } from "@tanstack/react-router";
import { KeyRound } from "lucide-react";
import { useRpc } from "../../api/queries";
import { Card } from "../../components/card/Card";
import { formatCount, formatQuantity } from "../../lib/numbers";
import styles from "./OverviewScreen.module.css";

/** How many stand there. */
const SHOWN = 4;

/** Privileges that mean the same on several members. Nothing stands here where there are none. */
export function SameGrantsCard() {
  const { data } = useRpc("same_grants", {});
  if (!data || data.count === 0) return null;
  return (
    <Card
      title="Same grant on several members"
      count={data.count}
      actions={
        <span className={styles.more}>
          <Link to="/same-grants">
            {data.count > SHOWN ? `All ${formatCount(data.count)}` : "Make roles of them"}
          </Link>
        </span>
      }
    >
      <ul>
        {data.grants.slice(0, SHOWN).map(({ slug, members, privileges }) => (
          <li key={privileges[0]}>
            <div className={styles.looseRow}>
              <KeyRound size={15} aria-hidden="true" className={styles.mark} />
              <Link to="/same-grants" className={styles.member} title={slug}>
                <span className="mono">{slug}</span>
              </Link>
              <span className="muted">{formatQuantity(members, "member")}</span>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
