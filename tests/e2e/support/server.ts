/** The app's pages and its real core on loopback, as a process of its own. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import type { Commands } from "../../../ui/src/api/generated/commands.ts";
import { loopbackProgram, pagesFolder } from "./places.ts";

export interface ServerOptions {
  /** Where it keeps its files. */
  data: string;
  /** Where its log goes. */
  log: string;
  /** The workspace to open. Without one it opens the sample. */
  workspace?: string | undefined;
  /** How many members the sample has. */
  scale?: number | undefined;
  /** Without a workspace, as at a first start. */
  first?: boolean | undefined;
  /** Words to put before its command line, such as a program that limits it. */
  before?: readonly string[] | undefined;
  /** The program, if it is not the built one. */
  program?: string | undefined;
  /** The pages, if they are not the built ones. */
  pages?: string | undefined;
  /** The user to run it as, if it is another one. */
  user?: number | undefined;
  /** Without the keyring that it has otherwise. */
  withoutKeyring?: boolean | undefined;
}

/** How long it may take until it answers: it may have to make a large sample. Milliseconds. */
const START = 150_000;

export class Server {
  private constructor(
    private readonly child: ChildProcess,
    /** Its address, with the one-time token. */
    readonly address: URL,
  ) {}

  /** Starts one and waits until it answers. */
  static async start(options: ServerOptions): Promise<Server> {
    const { data, workspace, scale, before = [], user } = options;
    const [program = "", ...words] = [
      ...before,
      options.program ?? loopbackProgram(),
      data,
      ...(workspace === undefined ? [] : [workspace]),
      ...(scale === undefined ? [] : ["--scale", String(scale)]),
      ...(options.first ? ["--first"] : []),
    ];
    const child = spawn(program, words, {
      stdio: ["ignore", "pipe", "pipe"],
      cwd: data,
      env: {
        ...process.env,
        REEVE_PAGES: options.pages ?? pagesFolder(),
        ...(options.withoutKeyring && { REEVE_NO_KEYRING: "1" }),
      },
      ...(user === undefined ? {} : { uid: user, gid: user }),
    });
    mkdirSync(dirname(options.log), { recursive: true });
    const log = createWriteStream(options.log, { flags: "a" });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    return new Server(child, await addressOf(child, options.log));
  }

  /** The process. */
  get id(): number {
    return this.child.pid ?? 0;
  }

  /** Carries out a command of the core, past the pages. For what a journey takes as given. */
  async rpc<C extends keyof Commands>(
    command: C,
    request: Commands[C][0],
  ): Promise<Commands[C][1]> {
    const response = await this.post("__core/rpc", { command, request });
    const answer = (await response.json()) as { ok: Commands[C][1] } | { error: unknown };
    if ("error" in answer) throw new Error(`${command}: ${JSON.stringify(answer.error)}`);
    return answer.ok;
  }

  /** The newest entries of the history. */
  history(): Promise<Commands["history"][1]> {
    const all = { member: null, role: null, deeds: [], text: "" };
    return this.rpc("history", { ...all, before: null, limit: 50 });
  }

  /** Changes the open workspace file past the core, as another program would. */
  async tamper(sql: string): Promise<void> {
    await this.post("__core/tamper", { sql });
  }

  /** Sets its clock to this many milliseconds after the computer's. */
  async shiftClock(milliseconds: number): Promise<void> {
    await this.post("__core/clock", { milliseconds });
  }

  /** Ends it at once, as a power cut would. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await exit;
  }

  private async post(path: string, body: unknown): Promise<Response> {
    const response = await fetch(new URL(path, this.address), {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-token": this.address.searchParams.get("token") ?? "",
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response;
  }
}

/** The address that the program prints when it is ready. */
async function addressOf(child: ChildProcess, log: string): Promise<URL> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`the server did not answer; see ${log}`));
    }, START);
    child.once("error", reject);
    child.once("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`the server ended with ${code ?? "a signal"}; see ${log}`));
    });
    if (!child.stdout) return;
    createInterface(child.stdout).on("line", (line) => {
      if (!line.startsWith("http://")) return;
      clearTimeout(late);
      resolve(new URL(line));
    });
  });
}
