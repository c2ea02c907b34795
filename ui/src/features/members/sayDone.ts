/** Says what was done, and offers to take it back. */
import { asRpcError } from "../../api/error";
import type { Done } from "../../api/generated/commands";
import { rpc } from "../../api/rpc";
import { errorToast, toast } from "../../components/toast/toasts";

export function sayDone({ sentence, history }: Done): void {
  toast(sentence, { undo: () => void takeBack(history) });
}

async function takeBack(history: string): Promise<void> {
  try {
    toast((await rpc("undo", { history })).sentence);
  } catch (thrown) {
    const { message, hint } = asRpcError(thrown);
    errorToast(`${message}. ${hint}`);
  }
}
