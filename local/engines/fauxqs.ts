import { Agent } from 'node:http';
import { ChangeMessageVisibilityBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Access } from '../access/access.ts';
import type { Credentials } from '../access/access-keys.ts';
import { startGate } from '../access/gate.ts';
import { CREDENTIALS, clientSettings } from '../settings.ts';
import type { Engine } from './dynoxide.ts';
import { openFauxqs } from './fauxqs-app.ts';
import { acceptAllCharacters } from './fauxqs-characters.ts';

export interface QueueEngine extends Engine {
  readonly client: SQSClient;
  /** Return when each message of a queue that is being processed becomes visible again, by its receipt handle. */
  deadlines(queueUrl: string): ReadonlyMap<string, number>;
  /** Make the messages of a queue visible again that a former run was processing when it ended. */
  releaseInflight(name: string, queueUrl: string): Promise<void>;
}

/** For engines outside a stack, in tests and benches. */
const openAccess = () => new Access({ credentials: CREDENTIALS, enforceGrants: false, log: () => {} });

interface QueueEngineOptions {
  /** Checks the requests to the engine. @default the constant credentials may do everything */
  readonly access?: Access;
  /** Credentials of the engine's own client, which `access` must accept. */
  readonly credentials?: Credentials;
}

/**
 * Start fauxqs, an implementation of SQS's API, in this process and behind a gate.
 *
 * @param dataDir directory for queued messages; without one, all messages are in memory
 */
export async function startFauxqs(
  dataDir: string | undefined,
  { access = openAccess(), credentials = CREDENTIALS }: QueueEngineOptions = {},
): Promise<QueueEngine> {
  await acceptAllCharacters();
  const fauxqs = await openFauxqs(dataDir);
  const gate = await startGate('sqs', fauxqs.ask, access);
  const client = new SQSClient({
    ...clientSettings(gate.endpoint, credentials),
    // Unlimited, because each long poll occupies a socket, and pollers must not block deletions.
    requestHandler: { httpAgent: new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY }) },
  });
  return {
    endpoint: gate.endpoint,
    client,
    deadlines(queueUrl) {
      const inflight = fauxqs.inspectQueue(queueUrl.split('/').at(-1) ?? '')?.messages.inflight ?? [];
      return new Map(
        inflight.map(({ receiptHandle, visibilityDeadline }) => [receiptHandle, visibilityDeadline]),
      );
    },
    async releaseInflight(name, queueUrl) {
      // The former run no longer exists, and the visibility timeout may be minutes.
      const inflight = fauxqs.inspectQueue(name)?.messages.inflight ?? [];
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
      await fauxqs.stop();
      await gate.stop();
    },
  };
}

/**
 * The smallest visibility timeout that makes a message visible again. With 0 and persistence, fauxqs 2.4.1 fails, and
 * the message is unreachable until a restart.
 */
export const SOON_SECONDS = 1;
