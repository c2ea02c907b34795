/**
 * Looks for what must not be on the disk. Every server that a test starts makes its secrets known here,
 * and whatever the test leaves behind is searched for them before it is cleared away.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";

/** How every token of a sign-in begins, and how those of the test server end. */
export const TOKENS = ["eyJhbGciOi", "signed-by-the-test-server"] as const;

/** How every client secret of the test server begins; the id of an identity follows. */
const CLIENT_SECRET = /secret(?: |\+|%20)of(?: |\+|%20)[0-9a-f]{8}-/;

const known = new Set<string>();

/** Has the folders of this test searched for `secrets`, too. */
export function makeKnown(...secrets: readonly string[]): void {
  for (const secret of secrets) known.add(secret);
}

/** A new test begins, with no secrets yet. */
export function forgetSecrets(): void {
  known.clear();
}

/** The files under these folders in which a secret of this test stands; none if it has no secrets. */
export function leaked(...folders: readonly string[]): string[] {
  if (known.size === 0) return [];
  return folders.flatMap((folder) => filesWith(folder, ...known, ...TOKENS));
}

/** The files under these folders in which a secret of any test stands. */
export function leakedByAny(...folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    filesIn(folder).filter((path) => {
      const bytes = everythingIn(path);
      return CLIENT_SECRET.test(bytes.toString("latin1")) || standsIn(bytes, TOKENS);
    }),
  );
}

/** The files under a folder in which one of these texts stands. The keyring's own file is encrypted. */
export function filesWith(folder: string, ...texts: readonly string[]): string[] {
  return filesIn(folder).filter((path) => standsIn(everythingIn(path), texts));
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}

function standsIn(bytes: Buffer, texts: readonly string[]): boolean {
  return texts.flatMap(waysToWrite).some((written) => bytes.includes(written));
}

/** As it is, as in addresses and forms, in the form of Windows, and as attachments travel. */
function waysToWrite(text: string): Buffer[] {
  const escaped = encodeURIComponent(text);
  return [
    Buffer.from(text),
    Buffer.from(escaped),
    Buffer.from(escaped.replaceAll("%20", "+")),
    Buffer.from(text, "utf16le"),
    // What follows moves into the last letters.
    Buffer.from(
      Buffer.from(text)
        .toString("base64")
        .replace(/.{0,2}=*$/, ""),
    ),
  ];
}

const PNG = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

/** What a file holds, and for a picture also the texts in it that are packed. */
function everythingIn(path: string): Buffer {
  const bytes = readFileSync(path);
  if (!bytes.subarray(0, PNG.length).equals(PNG)) return bytes;
  const texts: Buffer[] = [bytes];
  for (let at = PNG.length; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const kind = bytes.toString("latin1", at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at));
    if (kind === "zTXt" || kind === "iTXt") texts.push(unpacked(data));
  }
  return Buffer.concat(texts);
}

/** The text behind the keyword of a chunk: packed from where a stream of zlib begins. */
function unpacked(data: Buffer): Buffer {
  for (let at = data.indexOf(0x78); at >= 0; at = data.indexOf(0x78, at + 1)) {
    try {
      return inflateSync(data.subarray(at));
    } catch {
      // The letter stood in the keyword.
    }
  }
  return Buffer.alloc(0);
}
