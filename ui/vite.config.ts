import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** The first screen stands before Ant Design is read: what one of its pages imports of it, other than by `later`, fails the build. */
function firstScreenAlone(): Plugin {
  return {
    name: "first-screen-alone",
    generateBundle(_, bundle) {
      const first = Object.values(bundle).filter((file) => file.type === "chunk" && file.isEntry).map((file) => file.fileName);
      const seen = new Set(first);
      // What is added while one goes through a set is gone through, too.
      for (const name of seen) {
        const chunk = bundle[name];
        if (chunk?.type !== "chunk") continue;
        for (const next of chunk.imports) seen.add(next);
        const found = chunk.moduleIds.find((id) => /node_modules\/(antd|@rc-component|@ant-design)\//u.test(id));
        if (found !== undefined) this.error(`the first screen imports ${found}: see ui/src/frame/later.tsx`);
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), firstScreenAlone()],
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
