/** Reeve in a browser: what every browser journey starts from. */
import { test as base, expect, type Page, type TestInfo } from "@playwright/test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pictureFolder } from "./places.ts";
import { forgetSecrets, leaked } from "./secrets.ts";
import { Server, type ServerOptions } from "./server.ts";

export { expect } from "@playwright/test";

export type LaunchOptions = Partial<Omit<ServerOptions, "log">>;

/** One running app with its own data folder. */
export class App {
  private shifted = 0;

  constructor(
    readonly page: Page,
    private readonly options: ServerOptions,
    public server: Server,
  ) {}

  /** Where it keeps its files. */
  get data(): string {
    return this.options.data;
  }

  /** Opens the page behind `route`, such as `/members`, as a fresh window would. */
  async visit(route = "/"): Promise<void> {
    await this.page.goto(`${this.server.address.href}#${route}`);
  }

  /** Ends the program without a word and starts it again, as after a power cut. */
  async restart(): Promise<void> {
    await this.page.goto("about:blank");
    await this.server.stop();
    this.server = await Server.start({ ...this.options, workspace: this.options.workspace });
    await this.server.shiftClock(this.shifted);
    await this.visit();
  }

  /**
   * Lets this many milliseconds pass at once, for the core and for the page, as when the computer
   * slept. The page's clock must have been installed before it was opened.
   */
  async sleep(milliseconds: number): Promise<void> {
    this.shifted += milliseconds;
    await this.server.shiftClock(this.shifted);
    await this.page.clock.fastForward(milliseconds);
  }
}

interface Fixtures {
  /** A folder for the files of one test. */
  folder: string;
  /** Fails the test when the page complains. */
  quiet: undefined;
  /** Lets what the servers of this test keep secret be searched for when it is over. */
  secretive: undefined;
  /** Starts the server as told and opens the page. */
  launch: (options?: LaunchOptions) => Promise<App>;
  /** The app on a fresh sample project, its overview in view. */
  app: App;
}

export const test = base.extend<Fixtures>({
  quiet: [
    async ({ page }, use) => {
      const complaints = listen(page);
      await use(undefined);
      expect(complaints, "the page complained").toEqual([]);
    },
    { auto: true },
  ],

  secretive: [
    async ({}, use) => {
      forgetSecrets();
      await use(undefined);
    },
    { auto: true },
  ],

  folder: async ({}, use) => {
    const folder = temporaryFolder();
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },

  launch: async ({ page }, use, testInfo) => {
    const started: App[] = [];
    const folders: string[] = [];
    await use(async (options = {}) => {
      const data = options.data ?? temporaryFolder();
      if (options.data === undefined) folders.push(data);
      const settled = { ...options, data, log: logOf(testInfo) };
      const app = new App(page, settled, await Server.start(settled));
      started.push(app);
      await app.visit();
      return app;
    });
    // The page goes first: it would complain about a server that is gone.
    await page.close();
    for (const { server } of started) await server.stop();
    const left = [...started.map((app) => app.data), testInfo.outputDir, pictureFolder];
    expect(leaked(...left), "secrets were left on the disk").toEqual([]);
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  },

  app: async ({ launch, page }, use) => {
    const app = await launch();
    await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
    await use(app);
  },
});

/** A folder that no other test knows. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "reeve-e2e-"));
}

function logOf(testInfo: TestInfo): string {
  return testInfo.outputPath("server.log");
}

/** Everything that must not happen in any journey. */
function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      complaints.push(`${message.type()}: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return complaints;
}
