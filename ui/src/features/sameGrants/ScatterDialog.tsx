import { useState } from "react";
import { asRpcError, type RpcError } from "../../api/error";
import type { RoleOfOneView } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { rpc } from "../../api/rpc";
import { FormDialog } from "../../components/dialog/FormDialog";
import { SkeletonRows } from "../../components/state/Skeleton";
import { ProofLine } from "./ProofLine";
import { sayDone } from "./saying";
import styles from "./sameGrants.module.css";

/** Turns the role of one member into a privilege of that member. */
export function ScatterDialog({ role, onClose }: { role: RoleOfOneView; onClose: () => void }) {
  const preview = useRpc("preview_scatter", { role: role.id });
  const [failure, setFailure] = useState<RpcError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const scatter = async () => {
    if (isBusy) return;
    setBusy(true);
    try {
      const done = await rpc("scatter_role", { role: role.id });
      onClose();
      sayDone(done);
    } catch (thrown) {
      setFailure(asRpcError(thrown));
      setBusy(false);
    }
  };
  const { data } = preview;
  const error = failure ?? preview.error;
  return (
    <FormDialog
      title={`Turn ${role.name} into a privilege`}
      description={`${role.member.name} gets its rules as an additional privilege for as long; the role goes. One Undo takes it back.`}
      submitLabel="Turn into a privilege"
      onSubmit={() => void scatter()}
      onClose={onClose}
      isPending={isBusy}
      isDisabled={data?.refusal !== null}
      error={error}
    >
      {!data && !error && <SkeletonRows label="what becomes of access" rows={2} />}
      {data && (
        <>
          {data.refusal === null && (
            <p>
              The privilege is called <span className="mono">{data.slug}</span>.
            </p>
          )}
          {data.refusal !== null && <p className={styles.refusal}>{data.refusal}</p>}
          <ProofLine proof={data.proof} />
        </>
      )}
    </FormDialog>
  );
}
