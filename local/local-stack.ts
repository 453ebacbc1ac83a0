import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve as resolvePath } from 'node:path';
import { Access, type FunctionCall } from './access/access.ts';
import { type Credentials, newCredentials } from './access/access-keys.ts';
import { askOverHttp } from './access/ask-over-http.ts';
import { startGate } from './access/gate.ts';
import { lockDataDir, makeContentPrivate, makeDataDir, makePrivate } from './data-dir.ts';
import { checkInspection } from './development/inspection.ts';
import { SourceTree } from './development/source-tree.ts';
import { startDynoxide } from './engines/dynoxide.ts';
import { connectSqs } from './engines/external-sqs.ts';
import { type QueueEngine, startFauxqs } from './engines/fauxqs.ts';
import { startKms } from './engines/kms.ts';
import { startObjects } from './engines/objects.ts';
import { type LocalStackError, messageOf } from './errors.ts';
import { functionNames } from './functions/function-definition.ts';
import type { FunctionHost, Inspection } from './functions/function-host.ts';
import type { IdleLimits } from './functions/function-pool.ts';
import { startHttpServer } from './http/http-server.ts';
import type { LoopbackServer } from './http/loopback.ts';
import { startOrigin } from './origin.ts';
import { type Outputs, readPreviousKeys, writeOutputs } from './outputs.ts';
import { provision } from './provision.ts';
import { runStack } from './run-stack.ts';
import type { Log } from './settings.ts';
import { stackUuidOf } from './stack-uuid.ts';
import { synthesize } from './synthesize.ts';
import { Teardown } from './teardown.ts';
import { readTemplate } from './template.ts';

export interface LocalStackOptions {
  /** Port of the HTTP API on 127.0.0.1; 0 for any free port. */
  readonly port: number;
  /** Directory of data, logs and outputs.json. */
  readonly dataDir: string;
  /** Keep only outputs.json. */
  readonly ephemeral: boolean;
  /** Enable the address guard, as in production. */
  readonly guard: boolean;
  /** DynamoDB to use instead of the embedded one. */
  readonly dynamodbEndpoint?: string | undefined;
  /** SQS to use instead of the embedded one. */
  readonly sqsEndpoint?: string | undefined;
  /** Queue engine to use instead of the embedded one. The caller stops it, and decides on access to it. */
  readonly queues?: QueueEngine | undefined;
  /** Cloud assembly to run instead of synthesising one. `guard` and `context` have no effect then. */
  readonly cdkOut?: string | undefined;
  /** Additional CDK context. */
  readonly context?: Readonly<Record<string, unknown>>;
  /**
   * Receives the lines for the user: faults of the stack, and warnings and errors of the functions.
   *
   * @default none; the functions' logs are in files in any case
   */
  readonly log?: Log;
  /** Pass all log lines of the functions to `log`, not only warnings and errors. */
  readonly verbose?: boolean;
  /**
   * Deny the functions the calls that their roles do not allow, as AWS does. If false, functions use the table's engine
   * without the gate, which suits measurements.
   *
   * @default true
   */
  readonly enforceGrants?: boolean;
  /** How long functions keep instances that have nothing to do. @default 10 s, and 5 min for the last one */
  readonly idle?: IdleLimits | undefined;
  /** Bundle functions again when their sources change, and run the new code. @default false */
  readonly watch?: boolean;
  /** Bundle a function for a debugger, which can attach to it. */
  readonly inspect?: Inspection | undefined;
  /** Directory of the sources for `watch` and `inspect`. @default the repository */
  readonly sourceRoot?: string;
  /** Aborts a start in progress. */
  readonly signal?: AbortSignal;
}

export interface LocalStack {
  readonly outputs: Outputs;
  readonly functions: FunctionHost;
  /** Return the distinct calls of the functions so far; empty if grants are not enforced. */
  readonly calls: () => readonly FunctionCall[];
  /** Queue URLs keyed by names such as `ancrage-local-events-dead-letter-queue`. */
  readonly queueUrls: Readonly<Record<string, string>>;
  /** Directory of the functions' logs. */
  readonly logsDir: string;
  /** Resolves if the stack can no longer work because one of its engines died. */
  readonly failure: Promise<LocalStackError>;
  /** Finish the work in progress and stop everything. */
  stop(): Promise<void>;
}

const REPOSITORY = resolvePath(import.meta.dirname, '..');

/**
 * Run the synthesised stack on this machine. Several stacks may run at once with different data directories. A failed
 * start stops everything that it had started.
 *
 * @throws LocalStackError for faults that the user can fix
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
  const { dataDir, ephemeral, signal, inspect, sourceRoot = REPOSITORY, log = () => {} } = options;
  const died = Promise.withResolvers<LocalStackError>();

  makeDataDir(dataDir, log);
  // Even an ephemeral stack locks the directory, because outputs.json may belong to another running stack.
  teardown.defer(lockDataDir(dataDir));
  makeContentPrivate(dataDir);
  const workDir = ephemeral ? mkdtempSync(join(tmpdir(), 'ancrage-')) : resolvePath(dataDir);
  if (ephemeral) teardown.defer(() => rmSync(workDir, { recursive: true, force: true }));
  const logsDir = join(workDir, 'logs');
  mkdirSync(logsDir, { recursive: true, mode: 0o700 });

  // First of all, so that a port in use is reported at once.
  const http = await startHttpServer(options.port);
  teardown.defer(() => http.stop());

  const tree = options.watch ? await SourceTree.read(sourceRoot) : undefined;
  const template = readTemplate(options.cdkOut ?? (await synthesizeInto(join(workDir, 'cdk.out'), options)));
  signal?.throwIfAborted();
  if (inspect !== undefined) await checkInspection(functionNames(template), inspect);

  const previous = readPreviousKeys(dataDir);
  const { credentials = newCredentials() } = previous;
  const enforceGrants = options.enforceGrants ?? true;
  const access = new Access({ credentials, enforceGrants, log });
  let { queues } = options;
  if (queues === undefined) {
    const engine = await startQueues(ephemeral ? undefined : join(workDir, 'sqs'), options, {
      access,
      credentials,
    });
    teardown.defer(() => engine.stop());
    queues = engine;
  }
  let tableEngine = options.dynamodbEndpoint;
  if (tableEngine === undefined) {
    const file = ephemeral ? undefined : join(workDir, 'dynamodb.sqlite');
    const engine = await startDynoxide({ file, onDeath: died.resolve, log });
    teardown.defer(() => engine.stop());
    tableEngine = engine.endpoint;
  }
  // A table or queues elsewhere outlive the working directory of an ephemeral stack.
  const isInside = options.dynamodbEndpoint === undefined && options.sqsEndpoint === undefined;
  const keyDir = isInside ? workDir : dataDir;
  const kms = await startKms(join(keyDir, 'kms-key'), access);
  teardown.defer(() => kms.stop());
  const objects = await startObjects(join(keyDir, 'objects'), access);
  teardown.defer(() => objects.stop());
  const origin = await startOrigin(template, workDir, access, teardown);
  const gate = await startTableGate(tableEngine, access, teardown);
  signal?.throwIfAborted();

  const endpoints = {
    ...{ http: http.url, sqs: queues.endpoint },
    ...{ dynamodb: gate.endpoint, kms: kms.endpoint, s3: objects.endpoint },
    secrets: origin?.secrets.endpoint,
  };
  const remedy =
    options.dynamodbEndpoint === undefined
      ? `delete ${dataDir} to start with an empty stack (its data is lost)`
      : `delete the table from ${tableEngine}`;
  const stackUuid = stackUuidOf(keyDir);
  const resources = await provision({
    template,
    queues,
    endpoints,
    tableEngine,
    origin,
    credentials,
    stackUuid,
    previousAdminKey: previous.adminKey,
    remedy,
  });
  signal?.throwIfAborted();

  const running = await runStack({
    template,
    queues,
    http,
    origin,
    endpoints: enforceGrants ? endpoints : { ...endpoints, dynamodb: tableEngine },
    access,
    credentials,
    stackUuid,
    logsDir,
    log,
    verbose: options.verbose ?? false,
    idle: options.idle,
    development: { root: sourceRoot, directory: join(workDir, 'bundles'), tree, inspect },
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

const startQueues = (
  directory: string | undefined,
  { sqsEndpoint }: LocalStackOptions,
  access: { readonly access: Access; readonly credentials: Credentials },
): Promise<QueueEngine> =>
  sqsEndpoint === undefined ? startFauxqs(directory, access) : connectSqs(sqsEndpoint, access);

async function startTableGate(engine: string, access: Access, teardown: Teardown): Promise<LoopbackServer> {
  const upstream = askOverHttp(engine);
  const gate = await startGate('dynamodb', upstream.ask, access);
  teardown.defer(async () => {
    upstream.close();
    await gate.stop();
  });
  return gate;
}

async function synthesizeInto(
  outputDir: string,
  { guard, context, signal }: LocalStackOptions,
): Promise<string> {
  // Otherwise the assets of former syntheses would accumulate.
  rmSync(outputDir, { recursive: true, force: true });
  await synthesize({ outputDir, guard, ...(context && { context }), ...(signal && { signal }) });
  // The functions run what is in it.
  makePrivate(outputDir);
  return outputDir;
}
