import type { SQSRecord } from 'aws-lambda';
import type { LANES } from '../../core/contract.ts';

interface Given {
  readonly messageId: string;
  readonly body: string;
  /** How often it was received. */
  readonly receives?: number;
  /** Milliseconds since the epoch. */
  readonly sentAt?: number;
}

/** Return a message of a local stack's queue as Lambda passes it to a function. */
export const sqsRecord = (
  queue: (typeof LANES)[number],
  { messageId, body, receives = 1, sentAt = Date.now() }: Given,
): SQSRecord => ({
  ...{ messageId, receiptHandle: messageId, body, md5OfBody: '', messageAttributes: {} },
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: String(sentAt),
    SenderId: 'AIDADEVELOPER00000000',
    ApproximateFirstReceiveTimestamp: String(sentAt),
  },
  ...{ eventSource: 'aws:sqs', awsRegion: 'us-east-1' },
  eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:ancrage-local-${queue}-queue`,
});
