import { defineConfig } from 'vite';
import { contractSchemas } from './contract-schemas.ts';

export default defineConfig({
  plugins: [contractSchemas()],
  build: {
    target: 'es2023',
    // All that is not the document lies in assets/: no file is taken for a page, and none is inlined.
    assetsInlineLimit: 0,
    // Where a browser needs the polyfill, it has none of light-dark() either.
    modulePreload: { polyfill: false },
    emptyOutDir: true,
    rolldownOptions: {
      onLog(level, log, handle) {
        // "use client" of libraries means nothing here.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ['/v1', '/docs', '/openapi.json'].map((path) => [
        path,
        process.env.ANCRAGE_URL ?? 'http://127.0.0.1:3000',
      ]),
    ),
  },
});
