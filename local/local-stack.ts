import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve as resolvePath } from 'node:path';
import type { FunctionCall } from './access/access.ts';
import { lockDataDir, makeDataDir } from './data-dir.ts';
import { startDynoxide } from './engines/dynoxide.ts';
import { type QueueEngine, startFauxqs } from './engines/fauxqs.ts';
import { type LocalStackError, messageOf } from './errors.ts';
import type { FunctionHost } from './functions/function-host.ts';
import { startHttpServer } from './http/http-server.ts';
import { type Outputs, readPreviousAdminKey, writeOutputs } from './outputs.ts';
import { provision } from './provision.ts';
import { runStack } from './run-stack.ts';
import type { Log } from './settings.ts';
import { stackUuidOf } from './stack-uuid.ts';
import { synthesize } from './synthesize.ts';
import { Teardown } from './teardown.ts';
import { readTemplate } from './template.ts';

export interface LocalStackOptions {
  /** Port of the HTTP API on 127.0.0.1; 0 = any free one. */
  readonly port: number;
  /** Where data, logs and outputs.json are kept. */
  readonly dataDir: string;
  /** Keep nothing but outputs.json. */
  readonly ephemeral: boolean;
  /** Address guard on, as in production. */
  readonly guard: boolean;
  /** A DynamoDB to use in place of the embedded one. */
  readonly dynamodbEndpoint?: string | undefined;
  /** Queues to use in place of the embedded ones. Whoever gives them stops them. */
  readonly queues?: QueueEngine | undefined;
  /** A cloud assembly to run, in place of synthesising one. `guard` and `context` say nothing then. */
  readonly cdkOut?: string | undefined;
  /** More CDK context. */
  readonly context?: Readonly<Record<string, unknown>>;
  /**
   * Takes the lines that a user should see: faults, errors of the functions.
   *
   * @default they are dropped; the functions' logs are in files in any case
   */
  readonly log?: Log;
  /** Give all that the functions log to `log`, not just errors. */
  readonly verbose?: boolean;
  /**
   * Refuse the functions what their roles do not allow, as AWS does. Without it they talk to the engines directly,
   * which is what a measurement wants.
   *
   * @default true
   */
  readonly enforceGrants?: boolean;
  /** Ends a start that is under way. */
  readonly signal?: AbortSignal;
}

export interface LocalStack {
  readonly outputs: Outputs;
  readonly functions: FunctionHost;
  /** What the functions have called so far, each once; nothing where grants are not enforced. */
  readonly calls: () => readonly FunctionCall[];
  /** URL of each queue, by names such as `ancrage-local-events-dead-letter-queue`. */
  readonly queueUrls: Readonly<Record<string, string>>;
  /** Where the functions' logs are. */
  readonly logsDir: string;
  /** Resolves if the stack can no longer work because one of its engines died. */
  readonly failure: Promise<LocalStackError>;
  /** Finishes what runs and stops everything. */
  stop(): Promise<void>;
}

/**
 * Runs the synthesised stack on this machine. Several may run at once, on different data directories. A start that
 * fails stops what had started.
 *
 * @throws LocalStackError for faults that the user can do something about
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const teardown = new Teardown();
  try {
    return await start(options, teardown);
  } catch (error) {
    await teardown.run().catch((fault: unknown) => options.log?.(messageOf(fault)));
    throw error;
  }
}

async function start(options: LocalStackOptions, teardown: Teardown): Promise<LocalStack> {
  const { dataDir, ephemeral, signal, log = () => {} } = options;
  const died = Promise.withResolvers<LocalStackError>();

  makeDataDir(dataDir);
  // An ephemeral stack keeps nothing there but outputs.json, which is another stack's if one runs there.
  teardown.defer(lockDataDir(dataDir));
  const workDir = ephemeral ? mkdtempSync(join(tmpdir(), 'ancrage-')) : resolvePath(dataDir);
  if (ephemeral) teardown.defer(() => rmSync(workDir, { recursive: true, force: true }));
  const logsDir = join(workDir, 'logs');
  mkdirSync(logsDir, { recursive: true });

  // Before all that takes time: a port that is taken should be news at once.
  const http = await startHttpServer(options.port);
  teardown.defer(() => http.stop());

  const template = readTemplate(options.cdkOut ?? (await synthesizeInto(join(workDir, 'cdk.out'), options)));
  signal?.throwIfAborted();

  let { queues } = options;
  if (queues === undefined) {
    const engine = await startFauxqs(ephemeral ? undefined : join(workDir, 'sqs'));
    teardown.defer(() => engine.stop());
    queues = engine;
  }
  let dynamodb = options.dynamodbEndpoint;
  if (dynamodb === undefined) {
    const file = ephemeral ? undefined : join(workDir, 'dynamodb.sqlite');
    const engine = await startDynoxide({ file, onDeath: died.resolve });
    teardown.defer(() => engine.stop());
    dynamodb = engine.endpoint;
  }
  signal?.throwIfAborted();

  const endpoints = { http: http.url, sqs: queues.endpoint, dynamodb };
  const remedy =
    options.dynamodbEndpoint === undefined
      ? `remove ${dataDir} to start afresh (what it holds is lost)`
      : `remove the table from ${dynamodb}`;
  const previousAdminKey = readPreviousAdminKey(dataDir);
  const stackUuid = stackUuidOf(workDir);
  const resources = await provision({ template, queues, endpoints, stackUuid, previousAdminKey, remedy });
  signal?.throwIfAborted();

  const running = await runStack({
    template,
    queues,
    http,
    endpoints,
    stackUuid,
    enforceGrants: options.enforceGrants ?? true,
    logsDir,
    log,
    verbose: options.verbose ?? false,
    teardown,
  });
  writeOutputs(dataDir, resources.outputs);
  let stopped: Promise<void> | undefined;
  return {
    ...resources,
    ...running,
    logsDir,
    failure: died.promise,
    stop() {
      stopped ??= teardown.run();
      return stopped;
    },
  };
}

async function synthesizeInto(
  outputDir: string,
  { guard, context, signal }: LocalStackOptions,
): Promise<string> {
  // What former syntheses left would stay there for good.
  rmSync(outputDir, { recursive: true, force: true });
  await synthesize({ outputDir, guard, ...(context && { context }), ...(signal && { signal }) });
  return outputDir;
}
