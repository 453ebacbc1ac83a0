import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { GetQueueAttributesCommand, type QueueAttributeName, SQSClient } from '@aws-sdk/client-sqs';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '../local/local-stack.ts';
import { synthesize } from '../local/synthesize.ts';
import { Traffic } from './traffic.ts';

export interface BenchStack extends LocalStack {
  readonly traffic: Traffic;
  /** Answers its id. `settings`: others than the API's own. */
  subscribe(url: string, events: readonly string[], settings?: object): Promise<string>;
  /** What waits for it ends where it falls due. */
  unsubscribe(id: string): Promise<void>;
  /** Messages that wait to be received. */
  waiting(queue: 'events' | 'deliveries' | 'retries' | 'deliveries-dead-letter'): Promise<number>;
}

const WAITING: QueueAttributeName = 'ApproximateNumberOfMessages';

/** Context of an assembly of which only the template is wanted: most of the time goes into the functions' bundles. */
export const TEMPLATE_ONLY = { 'aws:cdk:bundling-stacks': [] };

/** Synthesises once for all runs of a bench. */
export async function withAssembly<Result>(
  context: Readonly<Record<string, unknown>>,
  use: (cdkOut: string) => Promise<Result>,
): Promise<Result> {
  // Inside the repository, as with `npm start`: what lies further up must not change how the bundles run.
  mkdirSync('.local', { recursive: true });
  const outputDir = resolve(mkdtempSync(join('.local', 'bench-')));
  try {
    await synthesize({ outputDir, guard: false, context });
    return await use(outputDir);
  } finally {
    rmSync(outputDir, { recursive: true, force: true });
  }
}

/** A stack for one run, with nothing left of any other, and traffic beside it. */
export async function withStack<Result>(
  cdkOut: string,
  use: (stack: BenchStack) => Promise<Result>,
  engines: Pick<LocalStackOptions, 'dynamodbEndpoint' | 'queues'> = {},
): Promise<Result> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ancrage-bench-'));
  const stack = await startLocalStack({
    ...{ port: 0, dataDir, ephemeral: true, guard: false, cdkOut, ...engines },
    // It would be measured, too.
    enforceGrants: false,
  });
  const { outputs, queueUrls } = stack;
  const { apiUrl, project, adminKey, awsEndpointUrlSqs, region, accessKeyId, secretAccessKey } = outputs;
  const sqs = new SQSClient({
    endpoint: awsEndpointUrlSqs,
    region,
    credentials: { accessKeyId, secretAccessKey },
  });
  const traffic = await Traffic.start(outputs);
  const subscriptions = `${apiUrl}/v1/projects/${project}/subscriptions`;
  const authorization = `Bearer ${adminKey}`;
  try {
    return await use({
      ...stack,
      traffic,
      async subscribe(url, events, settings = {}) {
        const answer = await fetch(subscriptions, {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json' },
          body: JSON.stringify({ ...settings, url, events }),
        });
        const text = await answer.text();
        if (answer.status !== 201) throw new Error(`Not subscribed: ${text}`);
        return JSON.parse(text).id;
      },
      async unsubscribe(id) {
        const answer = await fetch(`${subscriptions}/${id}`, {
          method: 'DELETE',
          headers: { authorization },
        });
        if (answer.status !== 204) throw new Error(`Not unsubscribed: ${await answer.text()}`);
      },
      async waiting(queue) {
        const QueueUrl = queueUrls[`ancrage-local-${queue}-queue`];
        const { Attributes } = await sqs.send(
          new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [WAITING] }),
        );
        return Number(Attributes?.[WAITING]);
      },
    });
  } finally {
    sqs.destroy();
    await stack.stop();
    await traffic.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
