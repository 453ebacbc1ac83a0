import { resolve } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const LONG = 'test/**/*.long.test.ts';

type Options = NonNullable<TestProjectInlineConfiguration['test']>;

/** The tests of `test/<name>`, but for the long ones. */
const project = (name: string, options: Options = {}): TestProjectInlineConfiguration => ({
  extends: true,
  test: { name, include: [`test/${name}/**/*.test.ts`], exclude: [LONG], ...options },
});

/** Files of one worker share its modules: importing them takes longer than most files run. */
const shared = { isolate: false } satisfies Options;
/** Provides the synthesised stack. */
const synthesised = { globalSetup: 'test/support/global-setup.ts' } satisfies Options;

export default defineConfig({
  test: {
    // Two cores: more workers than that only make one another late.
    maxWorkers: 2,
    // Bounds for what must happen eventually; nothing here asserts how fast it does.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Node keeps what it has compiled: the commands and the CDK start in half the time.
    env: { NODE_COMPILE_CACHE: resolve('.local/compile-cache') },
    // A stack that is shared stops with its worker.
    teardownTimeout: 30_000,
    projects: [
      project('unit', shared),
      // Flow control, and the capacity of the functions, in virtual time.
      project('simulation', shared),
      project('contract', { ...shared, ...synthesised }),
      project('infra', shared),
      project('integration', synthesised),
      project('e2e', { ...shared, ...synthesised }),
      // One file for each fault that an attack has found, written as the attack.
      project('security', { ...shared, ...synthesised }),
      project('browser', synthesised),
      // Programs in other languages that judge what this one does: `npm run test:judges`.
      project('judges', { ...synthesised, testTimeout: 600_000, hookTimeout: 600_000 }),
      // What a newcomer need not wait for: `npm run test:long`.
      project('long', { ...synthesised, include: [LONG], exclude: [] }),
    ],
  },
});
