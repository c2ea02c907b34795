import { useEffect, useState } from "react";
import type { OpenedPrivilege } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { openedForm, type PrivilegeForm } from "./draft";
import type { Stored } from "./holder";
import { merge, type Part } from "./merge";

export interface Overlap {
  /** The stored state that the form is an edit of now; undefined once that is gone. */
  base: Stored | undefined;
  /** What was changed elsewhere and how it met mine; null if nothing was, or it was seen to. */
  met: {
    taken: readonly Part[];
    conflicts: readonly Part[];
    mine: PrivilegeForm;
    theirs: PrivilegeForm;
  } | null;
  close: () => void;
  /** Takes note of how it stands now. */
  meet: (now: OpenedPrivilege) => void;
  /** Whether what is being edited was removed meanwhile. */
  isGone: boolean;
}

/**
 * Watches the stored privilege while it is edited here. What somebody else changes is merged into the
 * form at once, and where both changed the same, it is asked which is saved. `isOvertaken` is whether
 * the core has said that it changed; that of another program is not heard otherwise.
 */
export function useOverlap(
  stored: Stored | undefined,
  form: PrivilegeForm,
  replace: (form: PrivilegeForm) => void,
  isOvertaken: boolean,
): Overlap {
  const [base, setBase] = useState(stored);
  const [met, setMet] = useState<Overlap["met"]>(null);
  const latest = useRpc("open_privilege", stored?.grant ?? { kind: "privilege", id: "" }, {
    enabled: stored !== undefined,
  });

  const meet = (now: OpenedPrivilege) => {
    if (!base || now.revision === base.opened.revision) return;
    const theirs = openedForm(now, "edit");
    const merged = merge(openedForm(base.opened, "edit"), theirs, form);
    setBase({ ...base, opened: now });
    replace(merged.form);
    const { taken, conflicts } = merged;
    setMet(taken.length + conflicts.length > 0 ? { taken, conflicts, mine: form, theirs } : null);
  };
  // Each answer is met once: what came with a refusal to save may be newer than the last of them.
  const [lastMet, setLastMet] = useState(stored?.opened);
  if (latest.data && latest.data !== lastMet) {
    setLastMet(latest.data);
    meet(latest.data);
  }
  const { refetch } = latest;
  useEffect(() => {
    if (isOvertaken) void refetch();
  }, [isOvertaken, refetch]);

  return {
    base,
    met,
    close: () => setMet(null),
    meet,
    isGone: latest.error?.code === "notFound",
  };
}
