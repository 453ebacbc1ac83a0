import { defineConfig } from 'vitest/config';
import stryker from './stryker.config.json' with { type: 'json' };

/** For `npm run mutate`: each mutated module's own unit tests, without the synthesised stack that others need. */
export default defineConfig({
  test: {
    include: stryker.mutate.map((module) => `test/unit/${module.replace(/\.ts$/, '{,-*}.test.ts')}`),
  },
});
