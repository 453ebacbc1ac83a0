import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LocalStackError } from './errors.ts';

export interface SynthesisOptions {
  /** Directory of the cloud assembly. */
  readonly outputDir: string;
  /** Enable the address guard, as in production. */
  readonly guard: boolean;
  /** Additional CDK context, which overrides that of cdk.json and of the local stack. */
  readonly context?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
}

const ROOT = resolve(import.meta.dirname, '..');

/**
 * Run the CDK app, which bundles the functions and writes the template, without the CDK's command line, which would
 * only add seconds.
 *
 * @throws LocalStackError with the app's output if it fails
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
 * A low concurrency for a development machine. It is higher for deliver, because a hook URL that hangs occupies an
 * instance until its deadline; instances start only when they are needed.
 */
export const LOCAL_LANES = {
  events: { maxConcurrency: 2 },
  internal: { maxConcurrency: 2 },
  deliveries: { maxConcurrency: 24 },
  retries: { maxConcurrency: 6 },
  pumps: { maxConcurrency: 6 },
};

function localContext(options: SynthesisOptions): Record<string, unknown> {
  const cdkJson = JSON.parse(readFileSync(resolve(ROOT, 'cdk.json'), 'utf8'));
  return {
    ...cdkJson.context,
    // Usually set by the CDK's command line. The names of tables and queues are derived from the paths.
    'aws:cdk:enable-path-metadata': true,
    stage: 'local',
    // An entry in `stages`, because its names are validated, unlike those at the top level of the context.
    stages: {
      local: {
        ...{ allowLocalDestinations: !options.guard, lanes: LOCAL_LANES },
        ...{ writeFormat: 2, encryptionKey: true, canary: true },
      },
    },
    ...options.context,
  };
}
