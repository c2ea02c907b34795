import { startTransition, useCallback, useEffect, useRef, useState } from "react";
import type { RoleDetail } from "../../api/generated/commands";
import { asRpcError, type RpcError } from "../../api/error";
import { rpc } from "../../api/rpc";
import { errorToast, toast } from "../../components/toast/toasts";
import { writeRules, type RuleList, type RuleListEdit } from "../../lib/rules/edits";
import { writeSteps } from "../../lib/rules/keptSteps";
import { after, isEdited, opened, rulesOf, type Act, type Editing } from "./editing";

/** How long typing pauses before the edits are kept. Milliseconds. */
const KEPT_AFTER = 400;

export interface RoleEditing {
  state: Editing;
  rules: RuleList;
  /** The rules as they would be saved. */
  text: string;
  isEdited: boolean;
  isSaving: boolean;
  /** Why saving failed. */
  error: RpcError | null;
  edit: (edit: RuleListEdit, name: string, run?: string) => void;
  act: (act: Act) => void;
  /** Saves; `force` saves what a server would refuse as well. */
  save: (force?: boolean) => void;
}

/** The edits of one role: kept in the workspace as they are made, until they are saved. */
export function useRoleEditing(role: RoleDetail): RoleEditing {
  const { state, latest, act } = useActs(role);
  const edit = useCallback(
    (to: RuleListEdit, name: string, run?: string) => act({ kind: "edit", edit: to, name, run }),
    [act],
  );
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<RpcError | null>(null);
  const rules = rulesOf(state);
  const text = useWritten(rules);
  const edits = isEdited(state, text);

  useEffect(() => act({ kind: "loaded", stored: role }), [act, role]);
  useKeeping(role, state, text, edits);

  const save = async (force: boolean) => {
    if (isSaving) return;
    setSaving(true);
    setError(null);
    // What was typed last may not be drawn yet.
    const now = latest();
    const saved = writeRules(rulesOf(now));
    try {
      const answer = await rpc("save_role", {
        role: role.id,
        base: now.base,
        rules: now.written ?? saved,
        acceptRefusals: force,
      });
      switch (answer.outcome) {
        case "saved":
          act({ kind: "saved", revision: answer.revision, text: saved });
          toast(`Saved ${role.name}`, {
            undo: () =>
              void rpc("undo", { history: answer.history }).catch((thrown: unknown) => {
                errorToast(asRpcError(thrown).message);
              }),
          });
          break;
        case "unchanged":
          toast("Nothing had changed");
          break;
        case "unreadable":
          errorToast(`Not saved: ${answer.message}`);
          break;
        case "refused":
          act({ kind: "refused", findings: answer.findings });
          break;
        case "overtaken":
          act({ kind: "overtaken", rules: answer.rules, revision: answer.revision });
          break;
      }
    } catch (thrown) {
      setError(asRpcError(thrown));
    } finally {
      setSaving(false);
    }
  };

  return {
    state,
    rules,
    text,
    isEdited: edits,
    isSaving,
    error,
    edit,
    act,
    save: (force = false) => void save(force),
  };
}

/**
 * The state of the editor, and what changes it. What is typed counts at once and is drawn soon after,
 * a piece at a time, so that a letter in a large role never waits for the whole page.
 */
function useActs(role: RoleDetail) {
  const [state, setState] = useState(() => opened(role));
  const now = useRef(state);
  const act = useCallback((done: Act) => {
    now.current = after(now.current, done);
    const { current } = now;
    if (done.kind === "edit" && done.run !== undefined) startTransition(() => setState(current));
    else setState(current);
  }, []);
  const latest = useCallback(() => now.current, []);
  return { state, latest, act };
}

/** The text of `rules`, written anew only when they change. */
function useWritten(rules: RuleList): string {
  const [written, setWritten] = useState(() => ({ rules, text: writeRules(rules) }));
  if (written.rules === rules) return written.text;
  const text = writeRules(rules);
  setWritten({ rules, text });
  return text;
}

/** Keeps edits in the workspace, soon after they are made, and forgets them once there are none. */
function useKeeping(role: RoleDetail, state: Editing, text: string, edits: boolean): void {
  const { id, predefined } = role;
  const { base, written, steps } = state;
  const isKept = useRef(role.draft !== null);
  const pending = useRef<(() => void) | null>(null);

  useEffect(() => {
    if (predefined || (!edits && !isKept.current)) return;
    const keep = () => {
      pending.current = null;
      isKept.current = edits;
      const kept = edits
        ? rpc("keep_role_draft", { role: id, base, rules: text, written, steps: writeSteps(steps) })
        : rpc("forget_role_draft", { role: id });
      kept.catch((thrown: unknown) => {
        errorToast(`The edits could not be kept: ${asRpcError(thrown).message}`);
      });
    };
    pending.current = keep;
    const timer = setTimeout(keep, KEPT_AFTER);
    return () => clearTimeout(timer);
  }, [id, predefined, base, text, written, edits, steps]);

  // Whoever leaves at once leaves nothing behind.
  useEffect(() => () => pending.current?.(), []);
}
