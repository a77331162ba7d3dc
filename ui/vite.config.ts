import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  build: {
    target: "safari15",
    // Small images stay files: the page's policy allows its own files only.
    assetsInlineLimit: 0,
    // One file of styles, whatever is read later: their order is what it was.
    cssCodeSplit: false,
    // Vite's helper for old browsers would be a script of its own; WebKit 2.50 and WebView2 need none.
    modulePreload: { polyfill: false },
  },
  server: { fs: { allow: [".."] } },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
});
