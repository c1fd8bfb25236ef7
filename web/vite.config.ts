import { defineConfig } from "vite";

// `npm run dev` draws the page from a running `crisiswire serve`.
const API = process.env.CRISISWIRE_API ?? "http://127.0.0.1:8470";

export default defineConfig({
  base: "./",
  build: {
    outDir: "../src/crisiswire/serving/static",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: { port: 8480, proxy: { "/api": { target: API, changeOrigin: true } } },
});
