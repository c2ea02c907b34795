/** A server that behaves like a real Infisical server, as a process of its own. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { infisicalProgram } from "./places.ts";
import { makeKnown } from "./secrets.ts";

/** The identities of the server, by what they may see. */
export const IDENTITIES = {
  /** Everything. */
  admin: "f8d7d0ba-57c3-4a24-b064-249de3547d28",
  /** Users and machine identities, but neither roles nor privileges. */
  giver: "35c07d3e-a7bc-4a4d-b9f7-dd51c8a023e1",
  reader: "3795fa04-07bf-4b5a-ae39-767e70918891",
} as const;

type List = "roles" | "users" | "identities" | "groups" | "identityPrivileges" | "userPrivileges";
type Part = Record<string, unknown>;

/** What others do on the server meanwhile; the server's own source says what each does. */
export type Order =
  | { do: "set"; list: List; where: Part; to: Part }
  | { do: "remove"; list: List; where: Part }
  | { do: "give"; to: string; privilege: Part }
  | { do: "allow"; who: string; only: readonly string[] }
  | { do: "forget"; path: string }
  | { do: "clock"; milliseconds: number }
  | {
      do: "strike";
      with: "endedToken" | "brokenConnection" | "endlessAnswer" | "page";
      after?: number;
    }
  | { do: "late"; milliseconds: number }
  | { do: "heal" };

export class InfisicalServer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly line: () => Promise<string>,
    readonly address: string,
    /** A machine identity that may see everything. */
    readonly clientId: string,
    readonly clientSecret: string,
  ) {}

  /** Starts one; `words` are its command line. */
  static async start(...words: string[]): Promise<InfisicalServer> {
    const child = spawn(infisicalProgram(), words, { stdio: ["pipe", "pipe", "inherit"] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const line = async () => String((await lines.next()).value);
    const address = await line();
    const proof = await line();
    const space = proof.indexOf(" ");
    const server = new InfisicalServer(
      child,
      line,
      address,
      proof.slice(0, space),
      proof.slice(space + 1),
    );
    makeKnown(...Object.values(IDENTITIES).map((identity) => server.secretOf(identity)));
    return server;
  }

  /** The client secret of one of its identities. */
  secretOf(clientId: string): string {
    return this.clientSecret.replace(this.clientId, clientId);
  }

  /** Has somebody do these things there, one after another. */
  async meanwhile(...orders: readonly Order[]): Promise<void> {
    for (const order of orders) {
      this.child.stdin?.write(`${JSON.stringify(order)}\n`);
      const answer = await this.line();
      if (answer !== "done") throw new Error(`${JSON.stringify(order)}: ${answer}`);
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await exit;
  }
}
