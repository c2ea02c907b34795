/** Workspace files in every bad state, made from a good one; and what a file is, to compare. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Server } from "./server.ts";

/** Where the SQLite file header has its big-endian numbers. */
const USER_VERSION = 60;
const APPLICATION_ID = 68;

/** The bytes of a good workspace: the sample project, with nothing left beside the file. */
export async function goodWorkspace(data: string): Promise<Buffer> {
  const server = await Server.start({ data, log: join(data, "server.log") });
  await server.stop();
  const file = readFileSync(join(data, "sample.reeve"));
  const log = join(data, "sample.reeve-wal");
  return existsSync(log) ? withLog(file, readFileSync(log)) : file;
}

/** The file with the pages of its write-ahead log in it, as SQLite's file format describes them. */
function withLog(file: Buffer, log: Buffer): Buffer {
  if (log.length === 0) return file;
  const page = log.readUInt32BE(8);
  const salt = log.subarray(16, 24);
  let whole = file;
  for (let at = 32; at + 24 + page <= log.length; at += 24 + page) {
    if (!log.subarray(at + 8, at + 16).equals(salt)) break;
    const end = log.readUInt32BE(at) * page;
    if (end > whole.length) whole = Buffer.concat([whole, Buffer.alloc(end - whole.length)]);
    log.copy(whole, end - page, at + 24, at + 24 + page);
  }
  return whole;
}

/** A SQLite database that belongs to another program. */
export function foreign(workspace: Buffer): Buffer {
  return withNumber(workspace, APPLICATION_ID, 0);
}

/** A workspace as a later Reeve would have written it. */
export function newer(workspace: Buffer): Buffer {
  return withNumber(workspace, USER_VERSION, workspace.readUInt32BE(USER_VERSION) + 1);
}

/** A workspace of which the second half is missing, as after a copy that broke off. */
export function truncated(workspace: Buffer): Buffer {
  return workspace.subarray(0, Math.floor(workspace.length / 2));
}

/** A workspace with a page in its middle overwritten, as a failing disk would. */
export function damaged(workspace: Buffer): Buffer {
  const copy = Buffer.from(workspace);
  const page = 4096;
  const middle = Math.floor(copy.length / page / 2) * page;
  copy.fill(0xa5, middle, middle + page);
  return copy;
}

/** Writes `bytes` to `name` in `folder` and tells the path. */
export function put(folder: string, name: string, bytes: Buffer | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** Content, mode and times of a file: equal before and after if nobody touched it. */
export function fingerprint(path: string): object {
  const { size, mode, mtimeMs } = statSync(path);
  const content = createHash("sha256").update(readFileSync(path)).digest("hex");
  return { content, size, mode, mtimeMs };
}

function withNumber(bytes: Buffer, at: number, number: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32BE(number, at);
  return copy;
}
