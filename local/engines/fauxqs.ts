import { Agent } from 'node:http';
import { ChangeMessageVisibilityBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startFauxqs as startServer } from 'fauxqs';
import { CREDENTIALS, REGION } from '../settings.ts';
import type { Engine } from './dynoxide.ts';
import { takeAllCharacters } from './fauxqs-characters.ts';
import { acceptLoopbackOnly } from './loopback-only.ts';

export interface QueueEngine extends Engine {
  readonly client: SQSClient;
  /** Makes the messages of a queue that a former run was working on when it ended visible again. */
  releaseInflight(name: string, queueUrl: string): Promise<void>;
}

/**
 * Starts fauxqs, which speaks SQS's API, in this process.
 *
 * @param dataDir where it keeps what is queued; without one everything is in memory
 */
export async function startFauxqs(dataDir: string | undefined): Promise<QueueEngine> {
  await takeAllCharacters();
  // `init` is given because an environment variable would be taken for it otherwise.
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
    endpoint,
    region: REGION,
    credentials: { ...CREDENTIALS },
    // A long poll holds a socket for as long as it lasts: no number of pollers may starve a delete.
    requestHandler: { httpAgent: new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY }) },
  });
  return {
    endpoint,
    client,
    async releaseInflight(name, queueUrl) {
      // Whoever held these is gone with the former run, and the visibility timeout may be minutes.
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

/** The least that gives a message back: with persistence, fauxqs 2.4.1 fails on 0 and the message is out of reach until a restart. */
export const SOON_SECONDS = 1;
