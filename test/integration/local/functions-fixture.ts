import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FunctionDefinition } from '../../../local/functions/function-definition.ts';
import { FunctionHost } from '../../../local/functions/function-host.ts';
import type { IdleLimits } from '../../../local/functions/function-pool.ts';
import { functionArn } from '../../../local/referents.ts';
import { type Receiver, startReceiver } from '../../support/receiver.ts';

export interface FunctionsOptions {
  readonly concurrency?: number;
  readonly timeoutSeconds?: number;
  readonly memorySize?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly alias?: string;
  readonly verbose?: boolean;
  readonly idle?: IdleLimits;
}

export interface HostedFunctions {
  readonly host: FunctionHost;
  readonly definitions: readonly FunctionDefinition[];
  /** Lines that the host shows to its user. */
  readonly lines: readonly string[];
  /** Resolves with the first shown line that matches. */
  shown(fits: (line: string) => boolean): Promise<string>;
  /** Return the content of a function's log file. */
  logOf(name: string): string;
  stop(): Promise<void>;
}

/** Host functions with the given source texts, which are CommonJS bundles with a `handler` like those of the CDK. */
export function hostFunctions(
  sources: Readonly<Record<string, string>>,
  options: FunctionsOptions = {},
): HostedFunctions {
  const {
    concurrency = 4,
    timeoutSeconds = 60,
    memorySize = 128,
    environment = {},
    alias,
    verbose = false,
    idle,
  } = options;
  const directory = mkdtempSync(join(tmpdir(), 'ancrage-functions-'));
  writeFileSync(join(directory, 'package.json'), '{"type": "commonjs"}');
  const definitions = Object.entries(sources).map(([name, source]): FunctionDefinition => {
    const bundleDir = join(directory, name);
    mkdirSync(bundleDir);
    writeFileSync(join(bundleDir, 'index.js'), source);
    const functionName = `test-${name}`;
    return {
      name,
      functionName,
      arn: functionArn(functionName),
      alias,
      bundleDir,
      handler: 'index.handler',
      timeoutSeconds,
      memorySize,
      logGroup: `/aws/lambda/${functionName}`,
      environment,
    };
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const host = new FunctionHost({
    definitions,
    concurrency: new Map(definitions.map(({ name }) => [name, concurrency])),
    endpoints: {
      sqs: 'http://sqs.test',
      dynamodb: 'http://dynamodb.test',
      s3: 'http://127.0.0.1:1',
      kms: 'http://kms.test',
    },
    idle,
    directory,
    log: (line) => {
      lines.push(line);
      for (const check of waiting) check();
    },
    verbose,
  });
  return {
    host,
    definitions,
    lines,
    shown(fits) {
      const { promise, resolve } = Promise.withResolvers<string>();
      const check = () => {
        const line = lines.find(fits);
        if (line === undefined) return;
        waiting.delete(check);
        resolve(line);
      };
      waiting.add(check);
      check();
      return promise;
    },
    logOf: (name) => readFileSync(join(directory, `${name}.log`), 'utf8'),
    async stop() {
      await host.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A server that holds the requests of functions until the test releases them. */
export interface Gate extends Pick<Receiver, 'url' | 'stop' | 'waitFor'> {
  /** Bodies of the held requests, oldest first. */
  readonly held: readonly string[];
  /** Respond to the oldest held request. */
  release(answer?: string): void;
  /** Respond to all held requests, and to later ones at once. */
  open(): void;
}

export async function startGate(): Promise<Gate> {
  const receiver = await startReceiver();
  const waiting: { readonly body: string; readonly answer: (text: string) => void }[] = [];
  receiver.respond(({ body }, response) => {
    waiting.push({ body, answer: (text) => response.end(text) });
  });
  return {
    url: receiver.url,
    stop: receiver.stop,
    waitFor: receiver.waitFor,
    get held() {
      return waiting.map(({ body }) => body);
    },
    release(answer = '') {
      waiting.shift()?.answer(answer);
    },
    open() {
      receiver.respond((_, response) => response.end());
      for (const { answer } of waiting.splice(0)) answer('');
    },
  };
}
