import { Link } from "@tanstack/react-router";
import { Ban, Check, CircleHelp, type LucideIcon } from "lucide-react";
import { useRpc } from "../../api/queries";
import type { ElseThere, OutcomeKind, SimulateRequest } from "../../api/generated/commands";
import { Card } from "../../components/card/Card";
import { addressOf, questionOfRequest } from "./search";
import styles from "./elseThere.module.css";
import signs from "./signs.module.css";

const ROWS: readonly {
  title: string;
  icon: LucideIcon;
  tone: "yes" | "no" | "doubt";
  of: readonly OutcomeKind[];
}[] = [
  { title: "May", icon: Check, tone: "yes", of: ["allowed"] },
  { title: "It depends", icon: CircleHelp, tone: "doubt", of: ["depends", "unknown"] },
  { title: "May not", icon: Ban, tone: "no", of: ["denied", "serverError"] },
];

/** What else they may do in the same place, each with the way to why. */
export function ElseCard({ request }: { request: SimulateRequest }) {
  const { data } = useRpc("what_else", request, { keepPrevious: true });
  if (!data || data.operations.length === 0) return null;
  const rows = ROWS.map((row) => ({
    ...row,
    operations: data.operations.filter(({ outcome }) => row.of.includes(outcome)),
  })).filter(({ operations }) => operations.length > 0);
  return (
    <Card title="What else they may do there">
      <dl className={styles.elseThere}>
        {rows.map(({ title, icon: Icon, tone, operations }) => (
          <div key={title} className={styles.elseRow}>
            <dt>
              <Icon size={14} strokeWidth={2.25} className={signs[tone]} aria-hidden="true" />{" "}
              {title}
            </dt>
            <dd>
              {operations.map((it, index) => (
                <span key={it.operation}>
                  {index > 0 && ", "}
                  <Operation it={it} request={request} />
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Operation({ it, request }: { it: ElseThere; request: SimulateRequest }) {
  const question = questionOfRequest({
    ...request,
    what: { kind: "operation", operation: it.operation },
  });
  return (
    <Link to="/simulator" search={addressOf(question, "check")} className={styles.elseLink}>
      {it.title.toLowerCase()}
    </Link>
  );
}
