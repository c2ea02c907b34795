import react from "@vitejs/plugin-react";
import optimizeLocales from "@react-aria/optimize-locales-plugin";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // The screens speak English only: leave the other thirty languages of React Aria out.
  plugins: [react(), { ...optimizeLocales.vite({ locales: ["en-US"] }), enforce: "pre" }],
  // Assets are found both under tauri://localhost/ and under http://127.0.0.1:PORT/.
  base: "/",
  server: { host: "127.0.0.1", port: 1420, strictPort: true },
  build: {
    // The oldest engine Reeve runs on is WebKitGTK 2.50.
    target: "safari26",
    // The content security policy allows fonts and scripts from the app itself only, so nothing is
    // inlined as a data: address.
    assetsInlineLimit: 0,
    reportCompressedSize: true,
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test-setup.ts"],
    restoreMocks: true,
  },
});
