/** Says what was done, and offers to take it back. */
import { asRpcError } from "../../api/error";
import type { Done } from "../../api/generated/commands";
import { rpc } from "../../api/rpc";
import { errorToast, toast } from "../../components/toast/toasts";

export function sayDone({ sentence, history }: Done): void {
  toast(sentence, {
    undo: () => {
      rpc("undo", { history }).then(
        ({ sentence: undone }) => toast(undone),
        (thrown: unknown) => errorToast(asRpcError(thrown).message),
      );
    },
  });
}
