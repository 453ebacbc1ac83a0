import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { LocalQueues } from './deployment.ts';
import { AdminError } from './errors.ts';

export interface Depths {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** Return the message counts of a queue, which SQS only approximates. */
export async function readDepths(sqs: SQSClient, queueUrl: string): Promise<Depths> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  return {
    visible: Number(Attributes.ApproximateNumberOfMessages),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
    delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed),
  };
}

export async function readArn(sqs: SQSClient, queueUrl: string): Promise<string> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
  );
  if (Attributes?.QueueArn === undefined) throw new AdminError(`SQS returned no ARN for ${queueUrl}.`);
  return Attributes.QueueArn;
}

const messageSchema = z.object({ sentTimestamp: z.number() });
const inspectionSchema = z.object({
  messages: z.object({
    ready: z.array(messageSchema),
    delayed: z.array(messageSchema),
    inflight: z.array(z.object({ message: messageSchema })),
  }),
});

/**
 * Return the age of the oldest message of a local queue in seconds, or null if the queue is empty or unknown. SQS itself publishes
 * the age only as the CloudWatch metric `ApproximateAgeOfOldestMessage`.
 */
export async function readLocalAge(
  { endpoint, accessKeyId }: LocalQueues,
  queueUrl: string,
): Promise<number | null> {
  const name = queueUrl.split('/').at(-1) ?? '';
  // The engine's own request, which the SDK does not know. The local stack verifies no signatures.
  const response = await fetch(`${endpoint}/_fauxqs/queues/${encodeURIComponent(name)}`, {
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/` },
  });
  // An SQS that `--sqs-endpoint` names cannot be inspected.
  if (response.status === 501) return null;
  if (!response.ok)
    throw new AdminError(`The local queue ${name} could not be inspected: status ${response.status}.`);
  const { ready, delayed, inflight } = inspectionSchema.parse(await response.json()).messages;
  const all = [...ready, ...delayed, ...inflight.map(({ message }) => message)];
  if (all.length === 0) return null;
  const oldest = all.reduce(
    (least, { sentTimestamp }) => Math.min(least, sentTimestamp),
    Number.POSITIVE_INFINITY,
  );
  return Math.max(0, Math.round((Date.now() - oldest) / 1000));
}
