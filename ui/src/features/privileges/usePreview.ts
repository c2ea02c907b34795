import { useEffect, useMemo, useState } from "react";
import type { PrivilegePreview } from "../../api/generated/commands";
import type { RpcError } from "../../api/error";
import { useRpc } from "../../api/queries";
import { usePointerHeld } from "../../lib/pointer";
import { useSettled } from "../../lib/useSettled";
import { draftOf, type DraftContext, type PrivilegeForm } from "./draft";
import { remarksOf, type Remarks } from "./remarks";

export interface Preview extends Remarks {
  /** The last answer; it stays while a newer one is under way. Undefined before the first. */
  answer: PrivilegePreview | undefined;
  /** Whether the answer is about the form as it stands. */
  isCurrent: boolean;
  error: RpcError | null;
  retry: () => void;
}

/** The end of something timed moves on while it is being written. Milliseconds. */
const END_MOVES = 20_000;
const NOTHING: Remarks = { problems: [], warnings: [], reaches: [] };

/** Asks the core, as the form is written, what it would do and what is wrong with it. */
export function usePreview(form: PrivilegeForm, context: DraftContext): Preview {
  const settled = useSettled(form);
  const { member, subjects, edited } = context;
  const draft = useMemo(
    () => draftOf(settled, { member, subjects, edited }),
    [settled, member, subjects, edited],
  );
  const query = useRpc("preview_privilege", draft, { keepPrevious: true });
  const { data, isPlaceholderData, refetch } = query;

  // Which form an answer is about, since the answer outlives the form. Its lines push others away,
  // so it waits while something is being clicked.
  const isClicking = usePointerHeld();
  const [last, setLast] = useState<{ answer: PrivilegePreview; form: PrivilegeForm }>();
  if (
    data &&
    !isPlaceholderData &&
    !isClicking &&
    (last?.answer !== data || last.form !== settled)
  ) {
    setLast({ answer: data, form: settled });
  }

  const moves = form.duration.mode === "timed" || form.start !== null;
  useEffect(() => {
    if (!moves) return;
    const timer = setInterval(() => void refetch(), END_MOVES);
    return () => clearInterval(timer);
  }, [moves, refetch]);

  const remarks = useMemo(() => (last ? remarksOf(last.answer, last.form) : NOTHING), [last]);
  return {
    ...remarks,
    answer: last?.answer,
    isCurrent: last?.form === form,
    error: query.error,
    retry: () => void refetch(),
  };
}
