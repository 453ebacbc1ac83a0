import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { AdminError } from './errors.ts';

export interface Depths {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** As far as SQS knows: its counts are approximate. */
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
  if (Attributes?.QueueArn === undefined) throw new AdminError(`SQS does not tell the ARN of ${queueUrl}.`);
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
 * Seconds since the oldest message of a local queue was sent, null where it is empty. The local engine shows what
 * waits; SQS itself tells this to CloudWatch alone, as `ApproximateAgeOfOldestMessage`.
 */
export async function readLocalAge(endpoint: string, queueUrl: string): Promise<number | null> {
  const name = queueUrl.split('/').at(-1) ?? '';
  const answer = await fetch(`${endpoint}/_fauxqs/queues/${encodeURIComponent(name)}`);
  if (!answer.ok) throw new AdminError(`The local queue ${name} could not be inspected: ${answer.status}.`);
  const { ready, delayed, inflight } = inspectionSchema.parse(await answer.json()).messages;
  const all = [...ready, ...delayed, ...inflight.map(({ message }) => message)];
  if (all.length === 0) return null;
  const oldest = all.reduce(
    (least, { sentTimestamp }) => Math.min(least, sentTimestamp),
    Number.POSITIVE_INFINITY,
  );
  return Math.max(0, Math.round((Date.now() - oldest) / 1000));
}
