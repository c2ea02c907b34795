/** Which file to work in or with: the system's own chooser. */
import { platform } from "../platform/platform";

/** Lets the user choose a workspace file. Null when they chose none. */
export function chooseWorkspaceFile(which: "existing" | "new"): Promise<string | null> {
  return platform.chooseWorkspaceFile(which);
}

/** Lets the user choose a file with certificates. Null when they chose none. */
export function chooseCertificateFile(): Promise<string | null> {
  return platform.chooseCertificateFile();
}
