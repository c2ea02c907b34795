/** The desktop window: one Tauri command for everything, the file chooser, and Tauri's events. */
import { invoke, isTauri } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Platform } from "./platform";

export { isTauri };

export const tauriPlatform: Platform = {
  rpc: (command, request) => invoke("rpc", { command, request }),
  listen(event, handler) {
    const listening = listen(event, (message) => handler(message.payload));
    return () => void listening.then((stop) => stop());
  },
  chooseWorkspaceFile: (which) => invoke("choose_workspace_file", { new: which === "new" }),
};
