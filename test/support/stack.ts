import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, inject, test } from 'vitest';
import { type DataTable, openTable } from '../../core/adapters/dynamodb/table.ts';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '../../local/local-stack.ts';
import type { Outputs } from '../../local/outputs.ts';
import { type Api, apiOf } from './api.ts';
import { cachedSynthesis } from './cached-synthesis.ts';
import { DEPLOYMENT, type GivenDeployment, visitDeployment } from './deployed-stack.ts';
import { queuesOf, type StackQueues } from './stack-queues.ts';
import { deleteDueWork } from './waiting.ts';

/** A running local stack as its users see it: the API, the queues, the table. `outputs` has the project and its key. */
export interface Stack extends LocalStack, Api, StackQueues {
  readonly table: DataTable;
  /** Send an event of the project to the events queue. */
  sendEvent(event: object): Promise<void>;
}

type OwnStack = Awaited<ReturnType<typeof startStack>>;

export async function startStack(options: Partial<LocalStackOptions> = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'ancrage-e2e-'));
  const stack = await startLocalStack({
    port: 0,
    dataDir,
    ephemeral: true,
    guard: false,
    cdkOut: options.context === undefined ? inject('cdkOut') : await cachedSynthesis(options.context),
    ...options,
  });
  const { region, accessKeyId, secretAccessKey } = stack.outputs;
  const settings = { region, credentials: { accessKeyId, secretAccessKey } };
  const dynamodb = new DynamoDBClient({ ...settings, endpoint: stack.outputs.awsEndpointUrlDynamodb });
  const sqs = new SQSClient({ ...settings, endpoint: stack.outputs.awsEndpointUrlSqs });
  const { close, ...queues } = queuesOf(sqs, stack.queueUrls);
  return {
    ...stack,
    ...queues,
    ...asAdmin(stack.outputs, queues),
    table: openTable(stack.outputs.tableName, Date.now, dynamodb),
    async stop() {
      close();
      dynamodb.destroy();
      await stack.stop();
      rmSync(dataDir, { recursive: true, force: true });
      refuseLackOfGrants(stack);
    },
  };
}

const asAdmin = (outputs: Outputs, { send }: Pick<StackQueues, 'send'>): Api & Pick<Stack, 'sendEvent'> => ({
  ...apiOf(outputs),
  sendEvent: (event) => send(JSON.stringify({ project: outputs.project, ...event })),
});

/** @throws Error if a function was denied a call, since it may continue without, and report that in its log alone */
function refuseLackOfGrants({ calls }: LocalStack): void {
  const refused = calls().filter(({ isAllowed }) => !isAllowed);
  if (refused.length > 0) throw new Error(`Functions lack grants: ${JSON.stringify(refused)}`);
}

/** A stack that starts with the first file of a worker that uses it, and stops with the worker. */
// biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures this one uses.
const withPlainStack = test.extend('plainStack', { scope: 'worker' }, async ({}, { onCleanup }) => {
  const stack = await startStack();
  onCleanup(() => stack.stop());
  return stack;
});

/**
 * Use the stack that the files of a worker share, one after the other. Each file gets a new project with an admin key. Use
 * `useOwnStack` in files that kill functions, need a data directory or other options, or read more than their project.
 */
export function useStack(): () => Stack {
  if (DEPLOYMENT !== undefined) return deployedStack(DEPLOYMENT);
  let visit: Awaited<ReturnType<typeof visitStack>> | undefined;
  withPlainStack.beforeAll(async ({ plainStack }) => {
    visit = await visitStack(plainStack);
  });
  afterAll(() => visit?.leave());
  return () => running(visit?.stack);
}

function deployedStack(deployment: GivenDeployment): () => Stack {
  let visit: Awaited<ReturnType<typeof visitDeployment>> | undefined;
  beforeAll(async () => {
    visit = await visitDeployment(deployment);
  });
  afterAll(() => visit?.leave());
  return () => running(visit?.stack);
}

/** Create a project on a stack. `leave` deletes every project but the stack's own, and all messages. */
async function visitStack(stack: OwnStack): Promise<{ stack: Stack; leave(): Promise<void> }> {
  const project = `t-${crypto.randomUUID().slice(0, 8)}`;
  await stack.done('POST', '/v1/projects', { id: project });
  const { secret: adminKey } = await stack.newKey(['admin'], project);
  const outputs = { ...stack.outputs, project, adminKey };
  const projects = async (): Promise<string[]> => {
    const { data } = await stack.get('/v1/projects?limit=100');
    return data.map(({ id }: { id: string }) => id).filter((id: string) => id !== stack.project);
  };
  return {
    stack: { ...stack, ...asAdmin(outputs, stack), outputs },
    async leave() {
      // Otherwise their retries could reach the receiver of a later file that has the same port.
      for (let left = await projects(); left.length > 0; left = await projects())
        for (const id of left) await stack.done('DELETE', `/v1/projects/${id}`);
      await stack.settled();
      await deleteDueWork(stack);
      await stack.purge();
      refuseLackOfGrants(stack);
    },
  };
}

/** A stack with a `context` of its own may have to be synthesised first, beside other tests. */
const SYNTHESIS_MS = 300_000;

/** Run a stack for the tests of one file or suite. Its project is `demo`. */
export function useOwnStack(options: Partial<LocalStackOptions> = {}): () => Stack {
  if (DEPLOYMENT !== undefined)
    throw new Error('This file starts a local stack: it cannot test a deployed one.');
  let stack: Stack | undefined;
  beforeAll(async () => {
    stack = await startStack(options);
  }, SYNTHESIS_MS);
  afterAll(() => stack?.stop());
  return () => running(stack);
}

function running(stack: Stack | undefined): Stack {
  if (stack === undefined) throw new Error('The stack has not started.');
  return stack;
}
