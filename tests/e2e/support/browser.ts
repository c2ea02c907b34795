/** The system's Chromium. Playwright's own is used only where there is none, and never fetched here. */
import { spawnSync } from "node:child_process";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The first browser on the path that runs. */
export function findBrowser(): string | undefined {
  // Ubuntu's `chromium-browser` is a stub that asks for a snap: it is there and does not run.
  const name = NAMES.find((it) => spawnSync(it, ["--version"]).status === 0);
  return name && spawnSync("which", [name], { encoding: "utf8" }).stdout.trim();
}
