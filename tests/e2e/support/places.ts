/** Where the programs under test are, and where pictures go. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's own folder. */
export const projectFolder = fileURLToPath(new URL("../../../", import.meta.url));

/** Where pictures of every screen are put, to be looked at. */
export const pictureFolder = join(projectFolder, "target/screenshots");

/** The server of pages and core; `REEVE_LOOPBACK_BIN` names another one. */
export function loopbackProgram(): string {
  return builtProgram("loopback", "REEVE_LOOPBACK_BIN", "reeve-tests");
}

/** The server that stands for Infisical's; `REEVE_INFISICAL_BIN` names another one. */
export function infisicalProgram(): string {
  return builtProgram("infisical", "REEVE_INFISICAL_BIN", "reeve-tests");
}

/** What shows the desktop's messages; `REEVE_NOTIFICATIONS_BIN` names another one. */
export function notificationsProgram(): string {
  return builtProgram("notifications", "REEVE_NOTIFICATIONS_BIN", "reeve-tests");
}

/** The desktop program; `REEVE_DESKTOP_BIN` names another one. */
export function desktopProgram(): string {
  return builtProgram("reeve-desktop", "REEVE_DESKTOP_BIN", "reeve-desktop");
}

/** The built pages of the window; `REEVE_PAGES` names others. */
export function pagesFolder(): string {
  return process.env.REEVE_PAGES ?? join(projectFolder, "ui/dist");
}

function builtProgram(name: string, variable: string, crate: string): string {
  const target = process.env.CARGO_TARGET_DIR ?? join(projectFolder, "target");
  const program = process.env[variable] ?? join(target, "debug", name);
  if (!existsSync(program)) {
    throw new Error(`${program} is missing; build it with: cargo build -p ${crate} --bins`);
  }
  return program;
}
