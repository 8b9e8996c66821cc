// How the UI is built: one page, files only (no inline script, style or data: font), for the web views we promise.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  build: {
    // WebKitGTK of Debian 12 and the last Chromium for Windows 7/8; see design "old PCs".
    target: ["safari16.4", "chrome109"],
    // The content security policy allows our own files only, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts"],
    restoreMocks: true,
  },
});
