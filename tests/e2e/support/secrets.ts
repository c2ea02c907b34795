/** Looks for what must not be on the disk. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** How every token of a sign-in begins. */
export const TOKEN = "eyJhbGciOi";

/** The files under a folder in which that text stands. The keyring's own file is encrypted. */
export function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .filter((path) => readFileSync(path).includes(text));
}
