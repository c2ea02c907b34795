import { useState } from "react";
import { asRpcError, type RpcError } from "../../api/error";
import type { OpenedPrivilege, PrivilegeDraft } from "../../api/generated/commands";
import { rpc } from "../../api/rpc";
import { errorToast, toast } from "../../components/toast/toasts";
import type { PrivilegeForm } from "./draft";
import { holderName, type Holder } from "./holder";
import { keyed, type Remark } from "./remarks";

export interface Saving {
  /** Says that saving was asked for, so that all remarks are due. */
  attempt: () => void;
  wasTried: boolean;
  save: (draft: PrivilegeDraft, onRefused: (first: Remark) => void) => void;
  isSaving: boolean;
  /** Why the core gave no answer. */
  error: RpcError | null;
  /** What the core refused about just this form; null once it was edited. */
  refusals: (form: PrivilegeForm) => readonly Remark[] | null;
}

export interface SavingOptions {
  holder: Holder;
  form: PrivilegeForm;
  onSaved: () => void;
  /** Called with how it stands if somebody else changed it meanwhile. */
  onOvertaken: (now: OpenedPrivilege) => void;
}

type Outcome =
  | { kind: "saved"; sentence: string; history: string | null }
  | { kind: "refused"; problems: { field: string; message: string }[] }
  | { kind: "overtaken"; now: OpenedPrivilege };

/** Saves the privilege, and offers to take it back. */
export function useSaving({ holder, form, onSaved, onOvertaken }: SavingOptions): Saving {
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<RpcError | null>(null);
  const [wasTried, setTried] = useState(false);
  const [refused, setRefused] = useState<{ form: PrivilegeForm; remarks: Remark[] } | null>(null);

  const save: Saving["save"] = (draft, onRefused) => {
    setSaving(true);
    setError(null);
    saveTo(holder, draft)
      .then((outcome) => {
        if (outcome.kind === "overtaken") onOvertaken(outcome.now);
        else if (outcome.kind === "refused") {
          const remarks = keyed(outcome.problems, form);
          setRefused({ form, remarks });
          if (remarks[0]) onRefused(remarks[0]);
        } else {
          onSaved();
          const { history, sentence } = outcome;
          toast(sentence, history === null ? {} : { undo: () => void undo(history) });
        }
      })
      .catch((thrown: unknown) => setError(asRpcError(thrown)))
      .finally(() => setSaving(false));
  };

  return {
    attempt: () => setTried(true),
    wasTried,
    save,
    isSaving,
    error,
    refusals: (current) => (refused?.form === current ? refused.remarks : null),
  };
}

async function saveTo(holder: Holder, draft: PrivilegeDraft): Promise<Outcome> {
  if (holder.kind === "many") {
    const { selection } = holder;
    const act = { kind: "attachPrivilege", draft } as const;
    const answer = await rpc("act_on_members", { selection, act });
    if (answer.outcome === "done") return { kind: "saved", ...answer.done };
    const { problems } = answer.preview;
    const nobody = { field: "member", message: "None of the chosen members can have it." };
    return { kind: "refused", problems: problems.length > 0 ? problems : [nobody] };
  }
  if (draft.edited) {
    const answer = await rpc("edit_privilege", draft);
    switch (answer.outcome) {
      case "saved":
        return { kind: "saved", sentence: answer.sentence, history: answer.history };
      case "unchanged":
        return { kind: "saved", sentence: "Nothing was changed", history: null };
      case "refused":
        return { kind: "refused", problems: answer.problems };
      case "overtaken":
        return { kind: "overtaken", now: answer.now };
    }
  }
  const answer = await rpc("attach_privilege", draft);
  switch (answer.outcome) {
    case "attached": {
      const sentence = `Attached ${answer.privilege.slug} to ${holderName(holder)}`;
      return { kind: "saved", sentence, history: answer.history };
    }
    case "scheduled":
      return { kind: "saved", sentence: answer.sentence, history: answer.history };
    case "refused":
      return { kind: "refused", problems: answer.problems };
  }
}

async function undo(history: string): Promise<void> {
  try {
    toast((await rpc("undo", { history })).sentence);
  } catch (thrown) {
    const { message, hint } = asRpcError(thrown);
    errorToast(`${message}. ${hint}`);
  }
}
