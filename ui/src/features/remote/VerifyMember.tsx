import { Columns2, ShieldCheck } from "lucide-react";
import { useState } from "react";
import { asRpcError } from "../../api/error";
import type { ComparisonFinding, MemberDetail, MismatchView } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { rpc } from "../../api/rpc";
import { Button } from "../../components/button/Button";
import { Chip } from "../../components/chip/Chip";
import { Dialog } from "../../components/dialog/Dialog";
import { CodeText } from "../../components/text/CodeText";
import { errorToast } from "../../components/toast/toasts";
import { MismatchLine, Mismatches } from "./Mismatches";
import { sameWords, withHint } from "./words";
import styles from "./remote.module.css";

/**
 * Whether the server's own account of a member's access is what Reeve assembles. Nothing for a local
 * project, and for a group, of which a server gives no account.
 */
export function VerifyMember({ member: { id, name, kind } }: { member: MemberDetail }) {
  const status = useRpc("remote_status", {}).data;
  const found = useRpc("comparisons", {}).data;
  if (!status?.link || kind === "group") return null;
  const isRunning = status.operation?.work === "verify" && !status.operation.ended;
  const finding = found?.members.find(({ member }) => member.id === id)?.finding;
  const verify = () => {
    rpc("verify", { member: id }).catch((thrown: unknown) =>
      errorToast(withHint(asRpcError(thrown))),
    );
  };
  return (
    <section className={styles.verify} aria-label="Compared with the server">
      <h2 className={styles.label}>Server’s own account</h2>
      <div role="status">
        {finding ? (
          <Found name={name} finding={finding} />
        ) : (
          <p className="faint">Not compared yet</p>
        )}
      </div>
      <Button
        size="small"
        icon={ShieldCheck}
        isDisabled={!status.link.signedIn}
        isPending={isRunning}
        onPress={verify}
        aria-label={`Verify ${name} with the server`}
      >
        Verify
      </Button>
      {!status.link.signedIn && <p className="faint">Sign in to the server to compare.</p>}
    </section>
  );
}

function Found({ name, finding }: { name: string; finding: ComparisonFinding }) {
  switch (finding.state) {
    case "same":
      return <Chip tone="allow">{sameWords(finding)}</Chip>;
    case "notTold":
      return (
        <p className="muted">
          <CodeText text={`${finding.why} ${finding.remedy}`} />
        </p>
      );
    case "different":
      return (
        <>
          <Chip tone="forbid">Different</Chip>
          {finding.mismatches.map((mismatch, place) => (
            <MismatchLine key={place} mismatch={mismatch} />
          ))}
          <BothSides name={name} mismatches={finding.mismatches} />
        </>
      );
  }
}

function BothSides({ name, mismatches }: { name: string; mismatches: readonly MismatchView[] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" variant="ghost" icon={Columns2} onPress={() => setOpen(true)}>
        Show both sides
      </Button>
      <Dialog
        title={`${name} on the server and in Reeve`}
        isOpen={isOpen}
        onOpenChange={setOpen}
        description="Only what differs. Nothing was changed."
        width="wide"
      >
        <Mismatches mismatches={mismatches} />
      </Dialog>
    </>
  );
}
