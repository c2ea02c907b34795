/** What the pages cost the window's thread, measured in a browser. Prints figures, asserts none. */
import { defineConfig } from "@playwright/test";
import journeys from "./playwright.config.ts";

const browser = journeys.projects?.find(({ name }) => name === "browser");

export default defineConfig({
  outputDir: ".output/bench",
  reporter: [["line"]],
  workers: 1,
  timeout: 300_000,
  projects: [{ name: "bench", testDir: "bench", use: { ...browser?.use, trace: "off" } }],
});
