import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { QueueMessage } from '../../core/ports/message-queue.ts';
import type { FunctionLog } from './log.ts';
import type { FunctionMetrics } from './metrics.ts';

export interface Telemetry {
  readonly log: FunctionLog;
  readonly metrics: FunctionMetrics;
}

/** Handles a batch; answers the ids of the messages that must come again. */
export type Work = (messages: readonly QueueMessage[]) => Promise<string[]>;

/** A queue worker: SQS records to messages, and what failed to `batchItemFailures`. */
export function queueWorker({ log, metrics }: Telemetry, work: Work) {
  // Middy would end a worker before its time is up; a batch that runs into the function's timeout must not look
  // as if it had been answered.
  return middy<SQSEvent, SQSBatchResponse>({ timeoutEarlyInMillis: 0 }).handler(async (event, context) => {
    log.begin(context);
    try {
      const failed = await work(event.Records.map(toMessage));
      metrics.count('MessagesFailed', failed.length);
      return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
    } finally {
      metrics.flush();
    }
  });
}

function toMessage({ messageId, body, attributes, messageAttributes }: SQSRecord): QueueMessage {
  const texts = Object.entries(messageAttributes).filter(([, { stringValue }]) => stringValue !== undefined);
  return {
    id: messageId,
    body,
    sentAt: Number(attributes.SentTimestamp),
    receiveCount: Number(attributes.ApproximateReceiveCount),
    attributes: Object.fromEntries(texts.map(([name, { stringValue }]) => [name, stringValue as string])),
  };
}
