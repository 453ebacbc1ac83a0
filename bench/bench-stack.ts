import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetQueueAttributesCommand, type QueueAttributeName, SQSClient } from '@aws-sdk/client-sqs';
import { callApi } from '../bin/admin/api.ts';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '../local/local-stack.ts';
import { clientSettings } from '../local/settings.ts';
import { synthesize } from '../local/synthesize.ts';
import { Traffic } from './traffic.ts';

export interface BenchStack extends LocalStack {
  readonly traffic: Traffic;
  /**
   * Create a subscription with the API's defaults, overridden by `settings`, and return its id.
   *
   * @param project by default the stack's
   */
  subscribe(url: string, events: readonly string[], settings?: object, project?: string): Promise<string>;
  /** Delete a subscription. What waits for it ends with it. */
  unsubscribe(id: string, project?: string): Promise<void>;
  /** Create a project. */
  addProject(project: string): Promise<void>;
  /** Return the number of visible messages in a queue. */
  waiting(queue: QueueName): Promise<number>;
  /** Resolve when every message of a queue is handled. */
  idle(queue: QueueName): Promise<void>;
  /** Resolve when the endpoints of subscriptions are direct, and no copy of deliver has cached that they were not. */
  untilDirect(...ids: readonly string[]): Promise<void>;
}

const VISIBLE = 'ApproximateNumberOfMessages' satisfies QueueAttributeName;
const IN_FLIGHT = 'ApproximateNumberOfMessagesNotVisible' satisfies QueueAttributeName;

type QueueName = 'events' | 'internal' | 'deliveries' | 'retries' | 'deliveries-dead-letter';

/** Context that leaves out the functions' bundles, which take most of the time, if only the template is needed. */
export const TEMPLATE_ONLY = { 'aws:cdk:bundling-stacks': [] };

/** A bench publishes as fast as it can. */
const UNLIMITED = { eventsPerSecond: 100_000, burst: 1_000_000 };

/** Lambda keeps idle instances for minutes. Starting others would take CPU time that is measured. */
const AS_ON_LAMBDA = { spareMs: 600_000, lastMs: 600_000 };

/** Synthesise the stack once for all runs of a bench. */
export async function withAssembly<Result>(
  context: Readonly<Record<string, unknown>>,
  use: (cdkOut: string) => Promise<Result>,
): Promise<Result> {
  // Inside the repository as with `npm start`: a package.json further up could change how the bundles run.
  mkdirSync('.local', { recursive: true });
  const outputDir = resolve(mkdtempSync(join('.local', 'bench-')));
  try {
    await synthesize({ outputDir, guard: false, context: { projectLimits: UNLIMITED, ...context } });
    return await use(outputDir);
  } finally {
    rmSync(outputDir, { recursive: true, force: true });
  }
}

/** Run an empty stack and a traffic generator for one run of a bench. */
export async function withStack<Result>(
  cdkOut: string,
  use: (stack: BenchStack) => Promise<Result>,
  engines: Pick<LocalStackOptions, 'dynamodbEndpoint' | 'queues'> = {},
): Promise<Result> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ancrage-bench-'));
  const stack = await startLocalStack({
    ...{ port: 0, dataDir, ephemeral: true, guard: false, cdkOut, ...engines },
    // Its CPU time would be measured as well.
    enforceGrants: false,
    idle: AS_ON_LAMBDA,
  });
  const { outputs, queueUrls } = stack;
  const api = { url: outputs.apiUrl, key: outputs.adminKey };
  const pathOf = (project: string) => `/v1/projects/${project}/subscriptions`;
  const sqs = new SQSClient(clientSettings(outputs.awsEndpointUrlSqs, outputs));
  const count = async (queue: QueueName, AttributeNames: (typeof VISIBLE | typeof IN_FLIGHT)[]) => {
    const QueueUrl = queueUrls[`ancrage-local-${queue}-queue`];
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
    return AttributeNames.reduce((sum, name) => sum + Number(Attributes?.[name]), 0);
  };
  const traffic = await Traffic.start(outputs);
  try {
    return await use({
      ...stack,
      traffic,
      async subscribe(url, events, settings = {}, project = outputs.project) {
        const created = await callApi(api, 'POST', pathOf(project), { ...settings, url, events });
        return (created as { id: string }).id;
      },
      async unsubscribe(id, project = outputs.project) {
        await callApi(api, 'DELETE', `${pathOf(project)}/${id}`);
      },
      async addProject(project) {
        await callApi(api, 'POST', '/v1/projects', { id: project });
      },
      waiting: (queue) => count(queue, [VISIBLE]),
      async idle(queue) {
        while ((await count(queue, [VISIBLE, IN_FLIGHT])) > 0) await sleep(50);
      },
      async untilDirect(...ids) {
        const mode = async (id: string) =>
          ((await callApi(api, 'GET', `${pathOf(outputs.project)}/${id}`)) as { health: { mode: string } })
            .health.mode;
        for (const id of ids) while ((await mode(id)) !== 'direct') await sleep(50);
        await stack.functions.replace('deliver');
      },
    });
  } finally {
    sqs.destroy();
    await stack.stop();
    await traffic.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
