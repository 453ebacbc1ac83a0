import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LocalStackError } from './errors.ts';

export interface SynthesisOptions {
  /** Where the cloud assembly goes. */
  readonly outputDir: string;
  /** Address guard on, as in production. */
  readonly guard: boolean;
  /** More CDK context, over cdk.json's and the local stack's own. */
  readonly context?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
}

const ROOT = resolve(import.meta.dirname, '..');

/**
 * Runs the CDK app, which bundles the functions and writes the template. It is run without the CDK's command line:
 * that would only add seconds.
 *
 * @throws LocalStackError with the app's output where it fails
 */
export async function synthesize(options: SynthesisOptions): Promise<void> {
  const child = spawn(process.execPath, ['bin/ancrage.ts'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      CDK_OUTDIR: resolve(options.outputDir),
      CDK_CONTEXT_JSON: JSON.stringify(localContext(options)),
    },
    ...(options.signal && { signal: options.signal }),
  });
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  if (code !== 0) throw new LocalStackError(`The stack could not be synthesised:\n${output.trim()}`);
}

/**
 * A development machine is not a region: few enough to stay light. Copies start when they are needed, and a hook URL that
 * hangs takes one for as long, so that of deliver there may be many.
 */
export const LOCAL_LANES = {
  events: { maxConcurrency: 2 },
  deliveries: { maxConcurrency: 24 },
  retries: { maxConcurrency: 6 },
};

function localContext(options: SynthesisOptions): Record<string, unknown> {
  const cdkJson = JSON.parse(readFileSync(resolve(ROOT, 'cdk.json'), 'utf8'));
  return {
    ...cdkJson.context,
    // The CDK's command line would set this one: the names of tables and queues come from the paths.
    'aws:cdk:enable-path-metadata': true,
    stage: 'local',
    // A stage's entry, of which each name is checked; the context by itself may have any.
    stages: { local: { allowLocalDestinations: !options.guard, lanes: LOCAL_LANES } },
    ...options.context,
  };
}
