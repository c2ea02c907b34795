import { useState } from "react";
import { asRpcError, type RpcError } from "../../api/error";
import type { MemberDetail, PrivilegeDraft } from "../../api/generated/commands";
import { useDeed } from "../../api/queries";
import { rpc } from "../../api/rpc";
import { errorToast, toast } from "../../components/toast/toasts";
import type { PrivilegeForm } from "./draft";
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
  member: MemberDetail;
  form: PrivilegeForm;
  onSaved: () => void;
}

/** Saves the privilege, and offers to take it back. */
export function useSaving({ member, form, onSaved }: SavingOptions): Saving {
  const attach = useDeed("attach_privilege");
  const [wasTried, setTried] = useState(false);
  const [refused, setRefused] = useState<{ form: PrivilegeForm; remarks: Remark[] } | null>(null);

  const save: Saving["save"] = (draft, onRefused) => {
    attach.mutate(draft, {
      onSuccess: (answer) => {
        if (answer.outcome === "refused") {
          const remarks = keyed(answer.problems, form);
          setRefused({ form, remarks });
          if (remarks[0]) onRefused(remarks[0]);
          return;
        }
        onSaved();
        const { history } = answer;
        const sentence =
          answer.outcome === "scheduled"
            ? answer.sentence
            : `Attached ${answer.privilege.slug} to ${member.name}`;
        toast(sentence, { undo: () => void undo(history) });
      },
    });
  };

  return {
    attempt: () => setTried(true),
    wasTried,
    save,
    isSaving: attach.isPending,
    error: attach.error,
    refusals: (current) => (refused?.form === current ? refused.remarks : null),
  };
}

async function undo(history: string): Promise<void> {
  try {
    toast((await rpc("undo", { history })).sentence);
  } catch (thrown) {
    const { message, hint } = asRpcError(thrown);
    errorToast(`${message}. ${hint}`);
  }
}
