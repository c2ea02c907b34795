import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asRpcError } from "../../api/error";
import type { FieldProblem, Preferences, PreferencesView } from "../../api/generated/commands";
import { rpcKey } from "../../api/queries";
import { rpc } from "../../api/rpc";
import { errorToast } from "../../components/toast/toasts";

/** Keeps preferences as they are chosen; what is refused is said at its field. */
export function usePreferences(view: PreferencesView): {
  save: (change: Partial<Preferences>) => Promise<boolean>;
  problems: readonly FieldProblem[];
} {
  const client = useQueryClient();
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const save = async (change: Partial<Preferences>) => {
    const preferences = { ...view.preferences, ...change };
    try {
      const answer = await rpc("save_preferences", preferences);
      setProblems(answer.outcome === "refused" ? answer.problems : []);
      if (answer.outcome === "refused") return false;
      // What was chosen shows at once, before the core says that it changed.
      client.setQueryData(rpcKey("preferences", {}), { ...view, preferences });
      return true;
    } catch (thrown) {
      errorToast(asRpcError(thrown).message);
      return false;
    }
  };
  return { save, problems };
}
