import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { FieldProblem, RoleFields, WriteRoleAnswer } from "../../api/generated/commands";
import { asRpcError, type RpcError } from "../../api/error";
import { rpc } from "../../api/rpc";
import { Checkbox } from "../../components/checkbox/Checkbox";
import { FormDialog } from "../../components/dialog/FormDialog";
import { TextField } from "../../components/field/TextField";
import { CodeText } from "../../components/text/CodeText";
import { toast } from "../../components/toast/toasts";
import { slugOf } from "../../lib/slug";
import type { RoleDialog } from "./RoleDialogs";

/** A server takes no longer slug. Characters. */
const SLUG_MAX = 64;

type FieldsDialog = Exclude<RoleDialog, { kind: "delete" }>;

const TITLES = { create: "New role", duplicate: "Duplicate role", rename: "Rename role" };
const VERBS = { create: "Create role", duplicate: "Duplicate", rename: "Rename" };

/** Asks what a role shall be called. What was typed stays until it is taken or given up. */
export function RoleFieldsDialog({
  dialog,
  onClose,
}: {
  dialog: FieldsDialog;
  onClose: () => void;
}) {
  const navigate = useNavigate();
  const [fields, setFields] = useState(() => startingFields(dialog));
  const [ownSlug, setOwnSlug] = useState(dialog.kind === "rename");
  const [fit, setFit] = useState(true);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [error, setError] = useState<RpcError | null>(null);
  const [isSaving, setSaving] = useState(false);

  const change = (next: Partial<RoleFields>) => {
    setFields({ ...fields, ...next });
    setProblems(problems.filter(({ field }) => !(field in next)));
  };
  const problem = (field: string) => {
    const found = problems.find((it) => it.field === field);
    return found && <CodeText text={found.message} />;
  };
  const submit = async () => {
    if (isSaving) return;
    setSaving(true);
    setError(null);
    try {
      const answer = await send(dialog, fields, fit);
      if (answer.outcome === "refused") setProblems(answer.problems);
      else {
        onClose();
        said(dialog, fields, answer.history);
        if (dialog.kind !== "rename") {
          void navigate({
            to: "/roles/$role",
            params: { role: answer.role },
            state: { openedFrom: "/roles" },
          });
        }
      }
    } catch (thrown) {
      setError(asRpcError(thrown));
    } finally {
      setSaving(false);
    }
  };

  return (
    <FormDialog
      title={TITLES[dialog.kind]}
      description={
        dialog.kind === "create" ? "It starts without rules, so it grants nothing yet." : undefined
      }
      width="narrow"
      submitLabel={VERBS[dialog.kind]}
      onSubmit={() => void submit()}
      onClose={onClose}
      isPending={isSaving}
      error={error}
    >
      <TextField
        autoFocus
        label="Name"
        placeholder="Payments reader"
        value={fields.name}
        onChange={(name) => change(ownSlug ? { name } : { name, slug: slugOf(name, SLUG_MAX) })}
        error={problem("name")}
      />
      <TextField
        label="Slug"
        mono
        placeholder="payments-reader"
        value={fields.slug}
        onChange={(slug) => {
          setOwnSlug(slug !== "");
          change({ slug });
        }}
        error={problem("slug")}
        description={
          dialog.kind === "rename" && fields.slug !== dialog.role.slug
            ? "Scripts and Terraform that use the old slug will not find the role any more."
            : undefined
        }
      />
      <TextField
        label="Description"
        placeholder="What it is for"
        value={fields.description}
        onChange={(description) => change({ description })}
      />
      {dialog.kind === "duplicate" && (
        <Checkbox
          isSelected={fit}
          onChange={setFit}
          description="Legacy actions such as Read (legacy) become the actions that replaced them, and what only default roles may hold is left out: a server would refuse both."
        >
          Make it fit for a custom role
        </Checkbox>
      )}
      {problem("rules")}
    </FormDialog>
  );
}

function startingFields(dialog: FieldsDialog): RoleFields {
  if (dialog.kind === "create") return { name: "", slug: "", description: "" };
  const { name, slug, description } = dialog.role;
  if (dialog.kind === "rename") return { name, slug, description };
  const copy = `${name} copy`;
  return { name: copy, slug: slugOf(copy, SLUG_MAX), description };
}

function send(dialog: FieldsDialog, fields: RoleFields, fit: boolean): Promise<WriteRoleAnswer> {
  switch (dialog.kind) {
    case "create":
      return rpc("create_role", { fields, rules: "[]" });
    case "duplicate":
      return rpc("duplicate_role", { role: dialog.role.id, fields, fit });
    case "rename":
      return rpc("rename_role", { role: dialog.role.id, fields });
  }
}

function said(dialog: FieldsDialog, { name }: RoleFields, history: string): void {
  const sentences = {
    create: `Made the role ${name}`,
    duplicate: `Made the role ${name}`,
    rename: `Renamed the role to ${name}`,
  };
  toast(sentences[dialog.kind], { undo: () => void rpc("undo", { history }) });
}
