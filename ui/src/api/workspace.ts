/** Which file to work in: the system's own chooser. */
import { platform } from "../platform/platform";

/** Lets the user choose a workspace file. Null when they chose none. */
export function chooseWorkspaceFile(which: "existing" | "new"): Promise<string | null> {
  return platform.chooseWorkspaceFile(which);
}
