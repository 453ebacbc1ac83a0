import { Agent } from 'node:http';
import { ChangeMessageVisibilityBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startFauxqs as startServer } from 'fauxqs';
import { clientSettings, REGION } from '../settings.ts';
import type { Engine } from './dynoxide.ts';
import { acceptAllCharacters } from './fauxqs-characters.ts';
import { acceptLoopbackOnly } from './loopback-only.ts';

export interface QueueEngine extends Engine {
  readonly client: SQSClient;
  /** Return when each message of a queue that is being processed becomes visible again, by its receipt handle. */
  deadlines(queueUrl: string): ReadonlyMap<string, number>;
  /** Make the messages of a queue visible again that a former run was processing when it ended. */
  releaseInflight(name: string, queueUrl: string): Promise<void>;
}

/**
 * Start fauxqs, an implementation of SQS's API, in this process.
 *
 * @param dataDir directory for queued messages; without one, all messages are in memory
 */
export async function startFauxqs(dataDir: string | undefined): Promise<QueueEngine> {
  await acceptAllCharacters();
  // Without `init`, fauxqs would read it from an environment variable.
  const server = await startServer({
    port: 0,
    logger: false,
    host: 'localhost',
    defaultRegion: REGION,
    init: {},
    ...(dataDir && { dataDir }),
  });
  const admitAll = acceptLoopbackOnly(server.port);
  const endpoint = `http://127.0.0.1:${server.port}`;
  const client = new SQSClient({
    ...clientSettings(endpoint),
    // Unlimited, because each long poll occupies a socket, and pollers must not block deletions.
    requestHandler: { httpAgent: new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY }) },
  });
  return {
    endpoint,
    client,
    deadlines(queueUrl) {
      const inflight = server.inspectQueue(queueUrl.split('/').at(-1) ?? '')?.messages.inflight ?? [];
      return new Map(
        inflight.map(({ receiptHandle, visibilityDeadline }) => [receiptHandle, visibilityDeadline]),
      );
    },
    async releaseInflight(name, queueUrl) {
      // The former run no longer exists, and the visibility timeout may be minutes.
      const inflight = server.inspectQueue(name)?.messages.inflight ?? [];
      for (let start = 0; start < inflight.length; start += 10) {
        const entries = inflight.slice(start, start + 10).map(({ receiptHandle }, index) => ({
          Id: String(index),
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: SOON_SECONDS,
        }));
        await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
      }
    },
    async stop() {
      client.destroy();
      await server.stop();
      admitAll();
    },
  };
}

/**
 * The smallest visibility timeout that makes a message visible again. With 0 and persistence, fauxqs 2.4.1 fails, and
 * the message is unreachable until a restart.
 */
export const SOON_SECONDS = 1;
