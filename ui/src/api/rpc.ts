/** One typed call for every command of the core. */
import { platform } from "../platform/platform";
import type { Commands } from "./generated/commands";
import { asRpcError } from "./error";

export type CommandName = keyof Commands;
export type RequestOf<C extends CommandName> = Commands[C][0];
export type AnswerOf<C extends CommandName> = Commands[C][1];

/** Asks the core. Rejects with an `RpcError` and nothing else. */
export async function rpc<C extends CommandName>(
  name: C,
  request: RequestOf<C>,
): Promise<AnswerOf<C>> {
  try {
    return (await platform.rpc(name, request)) as AnswerOf<C>;
  } catch (thrown) {
    throw asRpcError(thrown);
  }
}
