/** Two projects: the journeys in a plain browser, and a few in the app's real window. */
import { defineConfig } from "@playwright/test";
import { join } from "node:path";
import { findBrowser } from "./support/browser.ts";

const browser = findBrowser();
/** What the browser keeps for itself, apart from its profile. */
const browserHome = join(import.meta.dirname, ".output/browser");

export default defineConfig({
  outputDir: ".output",
  globalTeardown: "./support/teardown.ts",
  preserveOutput: "failures-only",
  reporter: [["list"], ["./support/summary.ts"]],
  // Two cores, and each test has a server of its own.
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  // The core is not optimised here, and the machine may be busy: what is slow is not wrong.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  projects: [
    {
      name: "browser",
      testDir: "browser",
      use: {
        browserName: "chromium",
        viewport: { width: 1280, height: 800 },
        locale: "en-GB",
        // Another zone than UTC, so that mixing them up is seen.
        timezoneId: "Europe/Berlin",
        actionTimeout: 20_000,
        navigationTimeout: 40_000,
        trace: { mode: "retain-on-failure", screenshots: false },
        screenshot: "only-on-failure",
        launchOptions: {
          ...(browser && { executablePath: browser }),
          env: { ...process.env, XDG_CONFIG_HOME: browserHome, XDG_CACHE_HOME: browserHome },
          args: [
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
          ],
        },
      },
    },
    { name: "window", testDir: "window" },
  ],
});
