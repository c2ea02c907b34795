/** A server that behaves like a real Infisical server, as a process of its own. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { infisicalProgram } from "./places.ts";

export class InfisicalServer {
  private constructor(
    private readonly child: ChildProcess,
    readonly address: string,
    /** A machine identity that may see everything. */
    readonly clientId: string,
    readonly clientSecret: string,
  ) {}

  /** Starts one; `words` are its command line. */
  static async start(...words: string[]): Promise<InfisicalServer> {
    const child = spawn(infisicalProgram(), words, { stdio: ["ignore", "pipe", "inherit"] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const line = async () => String((await lines.next()).value);
    const address = await line();
    const proof = await line();
    const space = proof.indexOf(" ");
    return new InfisicalServer(child, address, proof.slice(0, space), proof.slice(space + 1));
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await exit;
  }
}
