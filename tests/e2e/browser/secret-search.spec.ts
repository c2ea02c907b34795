/** The search for secrets that every journey with a server ends with: it finds what is there. */
import { expect, test } from "@playwright/test";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { temporaryFolder } from "../support/app.ts";
import { filesWith, leakedByAny, TOKENS } from "../support/secrets.ts";

const SECRET = "secret of f8d7d0ba-57c3-4a24-b064-249de3547d28";

/** A picture of nothing, with a text beside it. */
function picture(kind: string, text: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(text.length);
  head.write(kind, 4, "latin1");
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), head, text, Buffer.alloc(4)]);
}

test("a secret is found in whatever file it was left, and nothing is found where there is none", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "deep/down"), { recursive: true });
  const put = (name: string, bytes: Buffer | string) => writeFileSync(join(folder, name), bytes);
  put("clean.log", "signed in; the secret is safe");
  put("clean.png", picture("tEXt", Buffer.from("Comment\0a quiet picture")));
  expect(filesWith(folder, SECRET, ...TOKENS)).toEqual([]);
  expect(leakedByAny(folder)).toEqual([]);

  put("deep/down/workspace.reeve-wal", Buffer.concat([Buffer.alloc(4096), Buffer.from(SECRET)]));
  put("form.log", `clientSecret=${SECRET.replaceAll(" ", "+")}`);
  put("query.log", `?secret=${encodeURIComponent(SECRET)}`);
  put("plain.png", picture("tEXt", Buffer.from(`Comment\0${SECRET}`)));
  put("packed.png", picture("zTXt", Buffer.concat([Buffer.from("xx\0\0"), deflateSync(SECRET)])));
  put("wide.txt", Buffer.from(SECRET, "utf16le"));
  put("attached.txt", Buffer.from(`${SECRET}!`).toString("base64"));
  put("token.json", `{"token":"eyJhbGciOiJIUzI1NiJ9.e30.signed"}`);
  const found = filesWith(folder, SECRET, ...TOKENS).map((path) => path.slice(folder.length + 1));
  expect(found.sort()).toEqual([
    "attached.txt",
    "deep/down/workspace.reeve-wal",
    "form.log",
    "packed.png",
    "plain.png",
    "query.log",
    "token.json",
    "wide.txt",
  ]);
  expect(leakedByAny(folder).map((path) => path.slice(folder.length + 1))).toContain("packed.png");
  rmSync(folder, { recursive: true });
});
