/**
 * Everything the user interface may say to the outside, in one interface. Only this folder knows
 * that there is a Tauri window; tests in a plain browser put a Tauri of their own in its place.
 */
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";

export interface Platform {
  /** Runs one command of the core. Rejects with whatever the core answered as its error. */
  rpc(command: string, request: unknown): Promise<unknown>;
  /** Hears every event of that name until the returned function is called. */
  listen(event: string, handler: (payload: unknown) => void): () => void;
  /** Lets the user choose a workspace file. Null when they chose none. */
  chooseWorkspaceFile(which: "existing" | "new"): Promise<string | null>;
  /** Lets the user choose a file with certificates. Null when they chose none. */
  chooseCertificateFile(): Promise<string | null>;
  /**
   * Saves a text where the user says, with `name` as a proposal. Gives where it was saved, or null
   * when they gave up.
   */
  saveText(name: string, text: string): Promise<string | null>;
  /** The same for what is no text, such as a picture. */
  saveBytes(name: string, bytes: Uint8Array): Promise<string | null>;
}

/** The desktop window: one Tauri command for everything, the file chooser, and Tauri's events. */
export const platform: Platform = {
  rpc: (command, request) => invoke("rpc", { command, request }),

  listen(event, handler) {
    const listening = listen(event, (message) => handler(message.payload));
    // Without Tauri there are no events; that nothing answers is said by the first call.
    listening.catch(() => undefined);
    return () => void listening.then((stop) => stop());
  },

  chooseWorkspaceFile: (which) => invoke("choose_workspace_file", { new: which === "new" }),

  chooseCertificateFile: () => invoke("choose_certificate_file"),

  saveText: (name, text) => invoke("save_text", { name, text }),

  saveBytes: (name, bytes) => invoke("save_bytes", { name, bytes }),
};
