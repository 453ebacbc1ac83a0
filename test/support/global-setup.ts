import type { TestProject } from 'vitest/node';
import { cachedSynthesis } from './cached-synthesis.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The directory of the synthesised local stack; hook URLs on loopback are allowed in it. Read it, never write to it. */
    cdkOut: string;
  }
}

/** Synthesise the stack once for all test files that run it, because that takes seconds. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('cdkOut', await cachedSynthesis());
}
