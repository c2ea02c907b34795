import { useState } from "react";
import { asRpcError, type RpcError } from "../../api/error";
import type { FieldProblem, RoleFields, SameGrantView } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { rpc } from "../../api/rpc";
import { FormDialog } from "../../components/dialog/FormDialog";
import { TextField } from "../../components/field/TextField";
import { SkeletonRows } from "../../components/state/Skeleton";
import { CodeText } from "../../components/text/CodeText";
import { formatQuantity } from "../../lib/numbers";
import { slugOf } from "../../lib/slug";
import { useSettled } from "../../lib/useSettled";
import { ProofLine } from "./ProofLine";
import { sayDone } from "./saying";
import styles from "./sameGrants.module.css";

/** A server takes no longer slug. Characters. */
const SLUG_MAX = 64;
/** Who is typing is not asked about every letter. Milliseconds. */
const SETTLES = 250;

/** Makes a role of privileges that mean the same. What was typed stays until it is taken. */
export function GatherDialog({ grant, onClose }: { grant: SameGrantView; onClose: () => void }) {
  const [fields, setFields] = useState<RoleFields>(() => starting(grant.slug));
  const [ownSlug, setOwnSlug] = useState(false);
  const [refused, setRefused] = useState<readonly FieldProblem[]>([]);
  const [error, setError] = useState<RpcError | null>(null);
  const [isSaving, setSaving] = useState(false);
  const settled = useSettled(fields, SETTLES);
  const preview = useRpc(
    "preview_gather",
    { privileges: grant.privileges, fields: settled },
    { keepPrevious: true },
  );
  const problems = [...refused, ...(preview.data?.problems ?? [])];
  const problem = (field: string) => {
    const found = problems.find((one) => one.field === field);
    return found && <CodeText text={found.message} />;
  };
  const change = (next: Partial<RoleFields>) => {
    setFields({ ...fields, ...next });
    setRefused([]);
  };
  const submit = async () => {
    if (isSaving) return;
    setSaving(true);
    setError(null);
    try {
      const answer = await rpc("gather_privileges", { privileges: grant.privileges, fields });
      if (answer.outcome === "refused") setRefused(answer.preview.problems);
      else {
        onClose();
        sayDone(answer.done);
      }
    } catch (thrown) {
      setError(asRpcError(thrown));
    } finally {
      setSaving(false);
    }
  };
  const { proof } = preview.data ?? {};
  return (
    <FormDialog
      title="Make a role"
      description={`${formatQuantity(grant.members, "member")} get it for as long as their privilege counts; ${formatQuantity(grant.privileges.length, "privilege")} go. One Undo takes all of it back.`}
      submitLabel="Make the role"
      onSubmit={() => void submit()}
      onClose={onClose}
      isPending={isSaving}
      isDisabled={!proof?.holds}
      error={error ?? preview.error}
    >
      <div className={styles.pair}>
        <TextField
          autoFocus
          label="Name"
          value={fields.name}
          onChange={(name) => change(ownSlug ? { name } : { name, slug: slugOf(name, SLUG_MAX) })}
          error={problem("name")}
        />
        <TextField
          label="Slug"
          mono
          value={fields.slug}
          onChange={(slug) => {
            setOwnSlug(true);
            change({ slug });
          }}
          error={problem("slug")}
        />
      </div>
      {problem("privileges") && <p className="muted">{problem("privileges")}</p>}
      {proof ? (
        <ProofLine proof={proof} />
      ) : (
        <SkeletonRows label="what becomes of access" rows={2} />
      )}
    </FormDialog>
  );
}

function starting(slug: string): RoleFields {
  const words = slug.replaceAll("-", " ");
  return { name: words.charAt(0).toUpperCase() + words.slice(1), slug, description: "" };
}
