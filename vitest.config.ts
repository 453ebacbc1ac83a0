import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/global-setup.ts',
    // Two cores: more workers than that only make one another late.
    maxWorkers: 2,
    // Bounds for what must happen eventually; nothing here asserts how fast it does.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
