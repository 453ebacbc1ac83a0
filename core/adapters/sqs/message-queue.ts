import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { pause } from '../../kernel/pause.ts';
import { attributeBytes, type OutgoingMessage } from '../../model/queue-message.ts';
import type { Logger } from '../../ports/logger.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
const MAX_ENTRIES = 10;
const MAX_BYTES = 1_048_576;
const MAX_TRIES = 3;
/** The concurrent requests of one call. */
const PARALLEL = 8;

/** Create a queue on SQS. It sends up to 10 messages and 1 MiB per request, and retries entries that failed. */
export function messageQueue(client: SQSClient, queueUrl: string, log: Logger): MessageQueue {
  const queue = queueUrl.split('/').at(-1);
  const sendBatch = async (batch: readonly Entry[]): Promise<number[]> => {
    let left = batch;
    for (let tries = 1; left.length > 0 && tries <= MAX_TRIES; tries++) {
      if (tries > 1) await pause(Math.random() * 100 * 2 ** tries);
      try {
        const Entries = left.map(({ entry }) => entry);
        const { Failed = [] } = await client.send(
          new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }),
        );
        const failed = new Set(Failed.map(({ Id }) => Id));
        left = left.filter(({ entry }) => failed.has(entry.Id));
        if (Failed.length > 0)
          log.warn('messages not taken', {
            queue,
            count: Failed.length,
            tries,
            reason: Failed.map(({ Code, Message }) => `${Code}: ${Message}`).join('; '),
          });
      } catch (error) {
        // The client has retried already.
        log.error('messages not sent', { queue, count: left.length, error });
        break;
      }
    }
    return left.map(({ index }) => index);
  };

  return {
    async send(messages) {
      const batches = inBatches(messages.map(toEntry));
      const unsent = new Set<number>();
      const next = batches.values();
      const worker = async () => {
        for (const batch of next) for (const index of await sendBatch(batch)) unsent.add(index);
      };
      await Promise.all(Array.from({ length: Math.min(PARALLEL, batches.length) }, worker));
      return unsent;
    },
  };
}

interface Entry {
  readonly index: number;
  readonly bytes: number;
  readonly entry: SendMessageBatchRequestEntry;
}

function toEntry({ body, groupId, delaySeconds, attributes = {} }: OutgoingMessage, index: number): Entry {
  const texts = Object.entries(attributes);
  return {
    index,
    bytes: Buffer.byteLength(body) + attributeBytes(attributes),
    entry: {
      Id: String(index),
      MessageBody: body,
      MessageGroupId: groupId,
      ...(delaySeconds !== undefined && { DelaySeconds: delaySeconds }),
      ...(texts.length > 0 && {
        MessageAttributes: Object.fromEntries(
          texts.map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
        ),
      }),
    },
  };
}

function inBatches(entries: readonly Entry[]): Entry[][] {
  const batches: Entry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const current = batches.at(-1);
    if (current === undefined || current.length === MAX_ENTRIES || bytes + entry.bytes > MAX_BYTES) {
      batches.push([entry]);
      bytes = entry.bytes;
    } else {
      current.push(entry);
      bytes += entry.bytes;
    }
  }
  return batches;
}
