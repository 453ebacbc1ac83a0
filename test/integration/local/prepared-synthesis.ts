/**
 * For `node --import`: make `local/main.ts` use the cloud assembly of the tests' global setup, because synthesising
 * takes seconds each time.
 */
import { symlinkSync } from 'node:fs';
import { registerHooks } from 'node:module';
import type { SynthesisOptions } from '../../../local/synthesize.ts';

export async function synthesize({ outputDir, guard }: SynthesisOptions): Promise<void> {
  const { TEST_CDK_OUT } = process.env;
  if (TEST_CDK_OUT === undefined || guard)
    throw new Error('The prepared assembly is missing or has no guard');
  symlinkSync(TEST_CDK_OUT, outputDir);
}

registerHooks({
  resolve: (specifier, context, next) =>
    specifier.endsWith('/synthesize.ts')
      ? { url: import.meta.url, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});
