import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { synthesize } from '../../local/synthesize.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The synthesised stack that local stacks of the tests run; hook URLs on loopback are allowed in it. */
    cdkOut: string;
  }
}

/** Synthesises once for all test files: bundling the functions takes seconds. */
export default async function setup(project: TestProject): Promise<() => void> {
  // Inside the repository, as with `npm start`: what lies further up must not change how the bundles run.
  mkdirSync('.local', { recursive: true });
  const cdkOut = resolve(mkdtempSync(join('.local', 'test-')));
  await synthesize({ outputDir: cdkOut, guard: false });
  project.provide('cdkOut', cdkOut);
  return () => rmSync(cdkOut, { recursive: true, force: true });
}
