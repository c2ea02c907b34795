import { Link } from "@tanstack/react-router";
import { ShieldCheck } from "lucide-react";
import { asRpcError } from "../../api/error";
import type { ComparisonList, ComparisonView } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { rpc } from "../../api/rpc";
import { Button } from "../../components/button/Button";
import { Card } from "../../components/card/Card";
import { Chip } from "../../components/chip/Chip";
import { Disclosure } from "../../components/disclosure/Disclosure";
import { errorToast } from "../../components/toast/toasts";
import { classes } from "../../lib/classes";
import { formatCount, formatQuantity } from "../../lib/numbers";
import { Mismatches } from "./Mismatches";
import { sameWords, stepLine, withHint } from "./words";
import styles from "./remote.module.css";

/** Compares what Reeve assembles for each member with the server's own permission audit. */
export function CompareCard() {
  const found = useRpc("comparisons", {});
  const status = useRpc("remote_status", {});
  const operation = status.data?.operation;
  const running = operation?.work === "verify" && !operation.ended ? operation : null;
  const list = found.data;
  const compare = () => {
    rpc("verify", { member: null }).catch((thrown: unknown) =>
      errorToast(withHint(asRpcError(thrown))),
    );
  };
  return (
    <Card
      title="Compare with the server"
      aside={
        running
          ? stepLine(running)
          : list?.at
            ? `${String(list.same)} agree, ${String(list.different)} do not, ${String(list.notTold)} not told`
            : undefined
      }
      actions={
        running ? (
          <Button
            size="small"
            onPress={() => void rpc("cancel_operation", { operation: running.id })}
          >
            Cancel
          </Button>
        ) : (
          <Button size="small" icon={ShieldCheck} onPress={compare}>
            Verify all members
          </Button>
        )
      }
    >
      {!list?.at && (
        <div className={styles.line}>
          <span className={styles.note}>
            Asks the server for its own account of each member’s access and shows where Reeve would
            count other rules. Nothing is changed.
          </span>
        </div>
      )}
      {list && <Found list={list} />}
    </Card>
  );
}

/** Who does not agree stands in sight; of those who do, it is enough to be able to look. */
function Found({ list }: { list: ComparisonList }) {
  const agreeing = list.members.filter(({ finding }) => finding.state === "same");
  const rest = list.same - agreeing.length;
  return (
    <>
      {list.members
        .filter(({ finding }) => finding.state !== "same")
        .map((one) => (
          <Compared key={one.member.id} one={one} />
        ))}
      {agreeing.length > 0 && (
        <Disclosure
          className={styles.agreeing}
          summary={`${formatQuantity(list.same, "member")} with the same rules on the server and here`}
        >
          {agreeing.map((one) => (
            <Compared key={one.member.id} one={one} />
          ))}
          {rest > 0 && <p className={styles.rest}>and {formatCount(rest)} more</p>}
        </Disclosure>
      )}
    </>
  );
}

function Compared({ one: { member, finding } }: { one: ComparisonView }) {
  return (
    <div className={classes(styles.line, styles.compared)}>
      <div className={styles.what}>
        <Link to="/members/$member" params={{ member: member.id }}>
          {member.name}
        </Link>
        {finding.state === "notTold" && (
          <span className="muted">
            {finding.why} {finding.remedy}
          </span>
        )}
      </div>
      {finding.state === "same" && <Chip tone="allow">{sameWords(finding)}</Chip>}
      {finding.state === "different" && <Chip tone="forbid">Different</Chip>}
      {finding.state === "notTold" && <Chip tone="conditional">Not told</Chip>}
      {finding.state === "different" && (
        <div className={styles.mismatches}>
          <Mismatches mismatches={finding.mismatches} />
        </div>
      )}
    </div>
  );
}
