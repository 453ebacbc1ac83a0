import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { QueueMessage } from '../../core/model/queue-message.ts';

/** Convert a record of SQS to a message. */
export function toMessage({ messageId, body, attributes, messageAttributes }: SQSRecord): QueueMessage {
  const texts = Object.entries(messageAttributes).filter(([, { stringValue }]) => stringValue !== undefined);
  return {
    id: messageId,
    body,
    sentAt: Number(attributes.SentTimestamp),
    receiveCount: Number(attributes.ApproximateReceiveCount),
    attributes: Object.fromEntries(texts.map(([name, { stringValue }]) => [name, stringValue as string])),
  };
}

/** Return the response that has SQS deliver these messages again. */
export const toBatchResponse = (unhandled: readonly string[]): SQSBatchResponse => ({
  batchItemFailures: unhandled.map((itemIdentifier) => ({ itemIdentifier })),
});
