/** A data folder whose disk can be filled up while the server runs, and emptied again. */
import { spawnSync } from "node:child_process";
import { rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Server } from "./server.ts";

export interface SmallDisk {
  /** Words to put before the server's command line. */
  before: readonly string[];
  /** Leaves no room. */
  fill: (server: Server) => void;
  /** Makes room again. */
  empty: (server: Server) => void;
}

/**
 * A small disk mounted on `folder`, which only the server sees. Where mounting is not permitted,
 * as in most containers, a limit on the size of its files stands for the disk.
 */
export function smallDisk(folder: string): SmallDisk {
  const isRoot = process.getuid?.() === 0;
  const apart = ["unshare", "--mount", ...(isRoot ? [] : ["--user", "--map-root-user"])];
  const mount = [...apart, "sh", "-c", 'mount -t tmpfs -o size=4m tmpfs "$0" && exec "$@"', folder];
  const isPermitted = spawnSync("env", [...mount, "true"]).status === 0;
  return isPermitted ? mounted(folder, mount) : limited();
}

function mounted(folder: string, before: readonly string[]): SmallDisk {
  const filler = ({ id }: Server) => join(`/proc/${id}/root`, folder, "filler");
  return {
    before,
    fill: (server) => {
      const { bavail, bsize } = statfsSync(join(`/proc/${server.id}/root`, folder));
      writeFileSync(filler(server), Buffer.alloc(bavail * bsize));
    },
    empty: (server) => rmSync(filler(server)),
  };
}

function limited(): SmallDisk {
  const limit = ({ id }: Server, bytes: string) => {
    const { status } = spawnSync("prlimit", ["--pid", String(id), `--fsize=${bytes}:`]);
    if (status !== 0) throw new Error("prlimit failed");
  };
  return {
    // A write past the limit shall fail, and not end the program.
    before: ["sh", "-c", `trap "" XFSZ; exec "$@"`, "sh"],
    fill: (server) => limit(server, "4096"),
    empty: (server) => limit(server, "unlimited"),
  };
}
