import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Clock, Random } from '../../core/kernel/clock.ts';
import {
  type Origin,
  type QueueMessage,
  type ReceivedMessage,
  toQueueMessage,
  type Unhandled,
} from '../../core/model/queue-message.ts';
import type { MessageQueue } from '../../core/ports/message-queue.ts';
import type { Receipts } from '../../core/ports/receipts.ts';
import { receive } from '../../core/receive/receive.ts';
import { type Telemetry, telemetry, WORKER } from './telemetry.ts';

export interface QueueWorkerPorts extends Telemetry {
  /** Return the receipts of a batch from a queue, by its ARN. */
  readonly openReceipts: (queueArn: string, handles: ReadonlyMap<string, string>) => Receipts;
  readonly copiesQueue: MessageQueue;
  /**
   * Return a message with the attributes that are honoured.
   *
   * @default all, because only our functions may send to the queue
   */
  readonly honour?: (message: ReceivedMessage, origin: Origin) => ReceivedMessage;
  readonly clock: Clock;
  readonly random: Random;
}

/** The time that it takes to record the last attempts, and to copy the messages that were not handled. */
const WRAP_UP_MS = 5000;

/** Return when the requests of an invocation must have ended, in milliseconds since the epoch. */
export const requestsEndAt = ({ clock }: Pick<QueueWorkerPorts, 'clock'>, context: Context): number =>
  clock() + context.getRemainingTimeInMillis() - WRAP_UP_MS;

/** Handle the messages of a batch. Return those that were not handled. */
type Handle = (
  messages: readonly QueueMessage[],
  about: { readonly receipts: Receipts; readonly context: Context; readonly queueArn: string },
) => Promise<readonly Unhandled[]>;

/** Return the handler of a function behind a queue. */
export function queueWorker(ports: QueueWorkerPorts, handle: Handle) {
  const { openReceipts, copiesQueue, honour = (message) => message, clock, random, log, metrics } = ports;
  return middy<SQSEvent, SQSBatchResponse>(WORKER)
    .use(telemetry(ports))
    .handler(async ({ Records }, context) => {
      const handles = new Map(Records.map(({ messageId, receiptHandle }) => [messageId, receiptHandle]));
      const queueArn = Records[0]?.eventSourceARN ?? '';
      const receipts = openReceipts(queueArn, handles);
      const toMessage = (record: SQSRecord) =>
        toQueueMessage(honour(asReceived(record), { queueArn, senderId: record.attributes.SenderId }));
      const again = await receive(
        { receipts, copiesQueue, clock, random, log },
        Records.map(toMessage),
        async (messages) => {
          const unhandled = await handle(messages, { receipts, context, queueArn });
          metrics.count('MessagesFailed', unhandled.length);
          return unhandled;
        },
      );
      return { batchItemFailures: again.map((itemIdentifier) => ({ itemIdentifier })) };
    });
}

/** Convert a record of SQS to a message. */
function asReceived({ messageId, body, attributes, messageAttributes }: SQSRecord): ReceivedMessage {
  const texts = Object.entries(messageAttributes).filter(([, { stringValue }]) => stringValue !== undefined);
  return {
    id: messageId,
    body,
    groupId: attributes.MessageGroupId,
    sentAt: Number(attributes.SentTimestamp),
    receiveCount: Number(attributes.ApproximateReceiveCount),
    attributes: Object.fromEntries(texts.map(([name, { stringValue }]) => [name, stringValue as string])),
  };
}
