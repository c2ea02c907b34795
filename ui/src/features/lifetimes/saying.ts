/** What is said after an act on lifetimes. */
import { asRpcError } from "../../api/error";
import { rpc } from "../../api/rpc";
import { errorToast, toast } from "../../components/toast/toasts";

/** Says what was done, and offers to take it back. */
export function sayDone({ sentence, history }: { sentence: string; history: string }): void {
  toast(sentence, {
    undo: () => {
      rpc("undo", { history }).then(({ sentence: undone }) => toast(undone), sayFailed);
    },
  });
}

/** Says what kept it from being done. */
export function sayFailed(thrown: unknown): void {
  const { message, hint } = asRpcError(thrown);
  errorToast(hint === "" ? message : `${message} ${hint}`);
}
