/** The app's own program on a display, a session bus and a keyring of its own. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { desktopProgram, notificationsProgram, projectFolder } from "./places.ts";
import { until } from "./until.ts";
import { Session } from "./webdriver.ts";

/** The file in the home folder with a line of JSON for each message that the desktop was to show. */
const MESSAGES = "messages";

/** A message that reached the desktop over the session bus. */
export interface Message {
  id: number;
  /** The message whose place it took; 0 if none. */
  replaces: number;
  app: string;
  title: string;
  body: string;
  actions: string[];
}

/** All messages that have reached the desktop of that home folder, in order. */
export function messagesIn(home: string): Message[] {
  const file = join(home, MESSAGES);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Message);
}

export interface DesktopOptions {
  /** The folder that stands for the user's home. */
  home: string;
  /** Where its log goes. */
  log: string;
  /** Its command line. */
  args: readonly string[];
}

/** The program, running. */
export interface Desktop {
  session: Session;
  /** Ends it at once, and everything that was started for it. */
  end: () => Promise<void>;
}

/** Starts the program, and waits until its window can be driven. */
export async function startDesktop({ home, log, args }: DesktopOptions): Promise<Desktop> {
  const port = await freePort();
  const messages = [notificationsProgram(), join(home, MESSAGES)];
  const webDriver = ["WebKitWebDriver", "--host=127.0.0.1", `--port=${port}`];
  const driver = spawn(
    join(projectFolder, "scripts/headless.sh"),
    // What shows messages is on the same bus, and ends with it.
    ["bash", "-c", '"$1" "$2" & shift 2; "$@"', "desktop", ...messages, ...webDriver],
    {
      // A group of its own: the app outlives its session, and must end with the driver.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...roomIn(home) },
    },
  );
  mkdirSync(dirname(log), { recursive: true });
  const lines = createWriteStream(log, { flags: "a" });
  driver.stdout.pipe(lines, { end: false });
  driver.stderr.pipe(lines, { end: false });
  const end = () => endGroup(driver);
  try {
    const address = `http://127.0.0.1:${port}`;
    await until(`the driver answers; see ${log}`, async () => {
      const answer = await fetch(`${address}/status`).catch(() => undefined);
      return answer?.ok;
    });
    return { session: await Session.open(address, desktopProgram(), args), end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** An environment in which nothing of the real home folder is read or written. */
function roomIn(home: string): Record<string, string> {
  return {
    HOME: home,
    TMPDIR: home,
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_DATA_HOME: join(home, "share"),
    XDG_STATE_HOME: join(home, "state"),
    REEVE_DATA_DIR: join(home, "reeve"),
    TAURI_AUTOMATION: "true",
    TAURI_WEBVIEW_AUTOMATION: "true",
    TZ: "Europe/Berlin",
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Ends a process and all that it started: kindly first, so that they clear up after themselves. */
async function endGroup(leader: ChildProcess): Promise<void> {
  const { pid } = leader;
  if (pid === undefined) return;
  const gone = leader.exitCode !== null || leader.signalCode !== null;
  const exit = gone ? Promise.resolve() : once(leader, "exit");
  signal(pid, "SIGTERM");
  await Promise.race([exit, pause(3000, undefined, { ref: false })]);
  signal(pid, "SIGKILL");
  await exit;
}

function signal(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(-group, name);
  } catch {
    // Nobody of the group is left.
  }
}
