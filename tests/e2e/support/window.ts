/** Reeve in its real window: what every window journey starts from. */
import { test as base, expect, type TestInfo } from "@playwright/test";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { desktopProgram, pictureFolder, projectFolder } from "./places.ts";
import { isStale, Session, type Role } from "./webdriver.ts";

export { expect } from "@playwright/test";

/** How long something may take to come into sight. Milliseconds. */
const PATIENCE = 20_000;

/** The app in a window on a display, a session bus and a keyring of its own. */
export class Window {
  private constructor(
    private readonly home: string,
    private readonly log: string,
    private readonly driver: ChildProcess,
    private readonly session: Session,
  ) {}

  /** Opens one that keeps everything in the folder `home`. */
  static async open(home: string, log: string, args: readonly string[] = []): Promise<Window> {
    const port = await freePort();
    const driver = spawn(
      join(projectFolder, "scripts/headless.sh"),
      ["WebKitWebDriver", "--host=127.0.0.1", `--port=${port}`],
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
    try {
      const address = `http://127.0.0.1:${port}`;
      await until(`the driver answers; see ${log}`, async () => {
        const answer = await fetch(`${address}/status`).catch(() => undefined);
        return answer?.ok;
      });
      const session = await Session.open(address, desktopProgram(), args);
      return new Window(home, log, driver, session);
    } catch (error) {
      await endGroup(driver);
      throw error;
    }
  }

  /** Ends the app without a word and starts it again, as after a power cut. */
  async restart(args: readonly string[] = []): Promise<Window> {
    await this.close();
    return Window.open(this.home, this.log, args);
  }

  /** Ends the app and everything that was started for it. */
  async close(): Promise<void> {
    await endGroup(this.driver);
  }

  /** The one element with that role and name, as soon as it is in sight. */
  async element(role: Role, name: string | RegExp): Promise<string> {
    return until(`exactly one ${role} ${String(name)} is in sight`, async () => {
      const found = await this.session.find(role, name);
      return found.length === 1 ? found[0] : undefined;
    });
  }

  async click(role: Role, name: string | RegExp): Promise<void> {
    await this.withElement(role, name, (id) => this.session.click(id));
  }

  async type(role: Role, name: string | RegExp, text: string): Promise<void> {
    await this.withElement(role, name, (id) => this.session.type(id, text));
  }

  /** Does something with an element; once more if it was drawn anew in between. */
  private async withElement(
    role: Role,
    name: string | RegExp,
    act: (id: string) => Promise<void>,
  ): Promise<void> {
    await until(`the ${role} ${String(name)} stays`, async () => {
      const id = await this.element(role, name);
      try {
        await act(id);
        return true;
      } catch (error) {
        if (isStale(error)) return undefined;
        throw error;
      }
    });
  }

  async press(...chords: string[]): Promise<void> {
    for (const chord of chords) await this.session.press(chord);
  }

  async keys(text: string): Promise<void> {
    await this.session.keys(text);
  }

  /** Everything that can be read in the window. */
  async text(): Promise<string> {
    const text = await this.session.run<string>("return document.body.innerText");
    return text.replaceAll("\u00a0", " ");
  }

  /** What can be read on what has the focus. */
  async focused(): Promise<string> {
    const text = await this.session.run<string>("return document.activeElement.innerText ?? ''");
    // Initials stand before a name.
    return text.replace(/\s+/g, " ").replace(/^[\p{Lu}\d]{1,2} /u, "");
  }

  async expectFocus(text: string | RegExp): Promise<void> {
    await expect.poll(() => this.focused(), { timeout: PATIENCE }).toEqual(fitting(text));
  }

  /** Moves the focus with Tab until something of that text has it. */
  async tabTo(text: RegExp): Promise<void> {
    for (let steps = 0; steps < 25 && !text.test(await this.focused()); steps += 1) {
      await this.press("Tab");
    }
    await this.expectFocus(text);
  }

  async expectText(text: string | RegExp): Promise<void> {
    await expect
      .poll(() => this.text(), { timeout: PATIENCE })
      .toEqual(
        typeof text === "string" ? expect.stringContaining(text) : expect.stringMatching(text),
      );
  }

  /** Keeps what is to be seen when a test fails. */
  async leaveTraces(testInfo: TestInfo): Promise<void> {
    try {
      writeFileSync(testInfo.outputPath("window.txt"), await this.text());
      writeFileSync(testInfo.outputPath("window.png"), await this.session.picture());
    } catch {
      // The window is gone, which its log tells.
    }
  }

  /** Puts a picture of the window into the picture folder. */
  async takePicture(name: string): Promise<void> {
    mkdirSync(pictureFolder, { recursive: true });
    writeFileSync(join(pictureFolder, `${name}.png`), await this.session.picture());
  }
}

export type OpenWindow = (...args: string[]) => Promise<Window>;

interface Fixtures {
  /** The folder that stands for the user's home. */
  home: string;
  /** Opens the app's window with that command line. */
  openWindow: OpenWindow;
}

export const test = base.extend<Fixtures>({
  home: async ({}, use) => {
    const home = mkdtempSync(join(tmpdir(), "reeve-home-"));
    await use(home);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  },

  openWindow: async ({ home }, use, testInfo) => {
    const windows: Window[] = [];
    await use(async (...args) => {
      const window = await Window.open(home, logOf(testInfo), args);
      windows.push(window);
      return window;
    });
    if (testInfo.status !== testInfo.expectedStatus) await windows.at(-1)?.leaveTraces(testInfo);
    for (const window of windows) await window.close();
  },
});

/** The text itself, or any that matches. */
function fitting(text: string | RegExp): unknown {
  return typeof text === "string" ? text : expect.stringMatching(text);
}

function logOf(testInfo: TestInfo): string {
  return testInfo.outputPath("window.log");
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

/** Asks until the answer is neither nothing nor false. */
async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await pause(100);
  }
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
