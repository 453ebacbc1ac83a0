import { defineConfig } from 'vite';
import { contractSchemas } from './contract-schemas.ts';
import { twoLanguages } from './two-languages.ts';

export default defineConfig({
  plugins: [contractSchemas(), twoLanguages()],
  build: {
    target: 'es2023',
    // Keep every file but the document in assets/: the distribution serves other paths as pages, and the content
    // security policy blocks inlined files.
    assetsInlineLimit: 0,
    // Browsers that need the polyfill lack light-dark() as well.
    modulePreload: { polyfill: false },
    emptyOutDir: true,
    rolldownOptions: {
      onLog(level, log, handle) {
        // Libraries contain "use client", which has no effect here.
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
