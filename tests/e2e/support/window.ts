/** Reeve in its real window: what every window journey starts from. */
import { test as base, expect, type TestInfo } from "@playwright/test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDesktop, type Desktop, type DesktopOptions } from "./desktop.ts";
import { pictureFolder } from "./places.ts";
import { forgetSecrets, leaked } from "./secrets.ts";
import { PATIENCE, until } from "./until.ts";
import { isStale, type Role, type Session } from "./webdriver.ts";

export { expect } from "@playwright/test";

/** One window of the app. It stays the same one through restarts of the program. */
export class Window {
  private constructor(
    private readonly options: DesktopOptions,
    private desktop: Desktop,
  ) {}

  static async open(options: DesktopOptions): Promise<Window> {
    return new Window(options, await startDesktop(options));
  }

  /** Ends the program without a word and starts it again, as after a power cut. */
  async restart(...args: string[]): Promise<void> {
    await this.close();
    this.desktop = await startDesktop({ ...this.options, args });
  }

  /** Ends the program. */
  async close(): Promise<void> {
    await this.desktop.end();
  }

  private get session(): Session {
    return this.desktop.session;
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

  /** Clicks the first of several elements with that role and name. */
  async clickFirst(role: Role, name: string | RegExp): Promise<void> {
    await until(`a ${role} ${String(name)} is in sight and stays`, async () => {
      const [id] = await this.session.find(role, name);
      if (id === undefined) return undefined;
      try {
        await this.session.click(id);
        return true;
      } catch (error) {
        if (isStale(error)) return undefined;
        throw error;
      }
    });
  }

  /** Replaces what stands in a field. */
  async fill(role: Role, name: string | RegExp, text: string): Promise<void> {
    await this.focus(role, name);
    await this.press("Control+a");
    await this.keys(text);
  }

  async focus(role: Role, name: string | RegExp): Promise<void> {
    await this.withElement(role, name, (id) => this.session.focus(id));
  }

  /** Waits until nothing with that role and name is in sight. */
  async expectNone(role: Role, name: string | RegExp): Promise<void> {
    await until(`no ${role} ${String(name)} is in sight`, async () => {
      return (await this.session.find(role, name)).length === 0;
    });
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
  home: async ({}, use, testInfo) => {
    forgetSecrets();
    const home = mkdtempSync(join(tmpdir(), "reeve-home-"));
    await use(home);
    const left = [home, testInfo.outputDir, pictureFolder];
    expect(leaked(...left), "secrets were left on the disk").toEqual([]);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  },

  openWindow: async ({ home }, use, testInfo) => {
    const windows: Window[] = [];
    await use(async (...args) => {
      const log = testInfo.outputPath("window.log");
      const window = await Window.open({ home, log, args });
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
