import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { WorkspaceStatus } from "../../api/generated/commands";
import { asRpcError } from "../../api/error";
import { rpcKey } from "../../api/queries";
import { errorToast, toast } from "../../components/toast/toasts";

/** How an attempt to open a workspace went; `given up` when no file was chosen. */
export type Entering = "entered" | "refused" | "given up" | "failed";

/**
 * Shows the workspace that `attempt` opens, from its beginning. A refusal is shown by the window in
 * place of everything; only one that repeats `refusedPath` needs a word.
 */
export function useEnterWorkspace(refusedPath?: string) {
  const client = useQueryClient();
  const navigate = useNavigate();

  return async (attempt: Promise<WorkspaceStatus | null>): Promise<Entering> => {
    try {
      const status = await attempt;
      if (status === null) return "given up";
      client.setQueryData(rpcKey("workspace_status", {}), status);
      if (status.state === "refused") {
        if (status.path === refusedPath) toast("It still does not open");
        return "refused";
      }
      await navigate({ to: "/" });
      // Nothing of the project before may be taken for this one's.
      await client.resetQueries({
        predicate: ({ queryKey: [name] }) => name !== "workspace_status",
      });
      return "entered";
    } catch (thrown) {
      const { message, hint } = asRpcError(thrown);
      errorToast(hint === "" ? message : `${message}. ${hint}`);
      return "failed";
    }
  };
}
