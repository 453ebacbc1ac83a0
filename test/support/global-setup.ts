import type { TestProject } from 'vitest/node';
import { dynoxideBinary } from '../../local/engines/dynoxide-binary.ts';
import { cachedSynthesis } from './cached-synthesis.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The directory of the synthesised local stack; hook URLs on loopback are allowed in it. Read it, never write to it. */
    cdkOut: string;
  }
}

/**
 * Synthesise the stack once for all test files that run it, because that takes seconds, and install the embedded DynamoDB if this
 * platform's is missing.
 */
export default async function setup(project: TestProject): Promise<void> {
  if (process.env.ANCRAGE_ENGINES === undefined) await dynoxideBinary();
  project.provide('cdkOut', await cachedSynthesis());
}
