/**
 * Everything the user interface may say to the outside, in one interface. Only this folder knows
 * that there is a Tauri window, or a loopback server in a test build.
 */
import { httpPlatform } from "./http";
import { isTauri, tauriPlatform } from "./tauri";

export interface Platform {
  /** Runs one command of the core. Rejects with whatever the core answered as its error. */
  rpc(command: string, request: unknown): Promise<unknown>;
  /** Hears every event of that name until the returned function is called. */
  listen(event: string, handler: (payload: unknown) => void): () => void;
  /** Lets the user choose a workspace file. Null when they chose none. */
  chooseWorkspaceFile(which: "existing" | "new"): Promise<string | null>;
}

/** The one the program runs on. */
export const platform: Platform = isTauri() ? tauriPlatform : httpPlatform;
