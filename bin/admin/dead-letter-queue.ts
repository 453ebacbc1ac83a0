import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { parseJson } from './api.ts';

/** A message in a dead-letter queue, with the ids that its body reveals. */
export interface DeadLetter {
  readonly messageId: string;
  readonly sentAt: string;
  readonly receiveCount: number;
  /** Why fan-out dead-lettered the message; null if SQS did after too many receives. */
  readonly reason: string | null;
  readonly project: string | null;
  readonly eventId: string | null;
  readonly eventType: string | null;
  readonly subscriptionId: string | null;
  readonly body: string;
}

/** Long enough to read a thousand messages. A redrive in the meantime moves only the messages that are not hidden. */
const HIDDEN_SECONDS = 60;

/** Return at most `limit` dead letters, and make them visible again. */
export async function peek(sqs: SQSClient, queueUrl: string, limit: number): Promise<DeadLetter[]> {
  const seen: Message[] = [];
  try {
    for await (const messages of received(sqs, queueUrl)) {
      seen.push(...messages);
      if (seen.length >= limit) break;
    }
  } finally {
    await putBack(sqs, queueUrl, seen);
  }
  return seen.slice(0, limit).map(toDeadLetter);
}

/** Delete the dead letters with these ids, or all if `ids` is null. Return the number of deleted messages. */
export async function discard(
  sqs: SQSClient,
  queueUrl: string,
  ids: ReadonlySet<string> | null,
): Promise<number> {
  const kept: Message[] = [];
  let discarded = 0;
  try {
    for await (const messages of received(sqs, queueUrl)) {
      for (const message of messages) {
        if (ids !== null && !ids.has(message.MessageId ?? '')) {
          kept.push(message);
          continue;
        }
        const { ReceiptHandle } = message;
        await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
        discarded++;
      }
      if (discarded === ids?.size) break;
    }
  } finally {
    await putBack(sqs, queueUrl, kept);
  }
  return discarded;
}

/** Receive every message once: a received message is hidden from the following requests. */
async function* received(sqs: SQSClient, queueUrl: string): AsyncGenerator<Message[]> {
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: HIDDEN_SECONDS,
        // Long polling queries all SQS servers; short polling could miss the one that has the message.
        WaitTimeSeconds: 1,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) return;
    yield Messages;
  }
}

async function putBack(sqs: SQSClient, queueUrl: string, messages: readonly Message[]): Promise<void> {
  for (const { ReceiptHandle } of messages)
    await sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
    );
}

function toDeadLetter({
  MessageId = '',
  Body = '',
  Attributes = {},
  MessageAttributes = {},
}: Message): DeadLetter {
  return {
    messageId: MessageId,
    sentAt: new Date(Number(Attributes.SentTimestamp)).toISOString(),
    receiveCount: Number(Attributes.ApproximateReceiveCount),
    reason: MessageAttributes.reason?.StringValue ?? null,
    ...idsIn(Body),
    body: Body,
  };
}

type Ids = Pick<DeadLetter, 'project' | 'eventId' | 'eventType' | 'subscriptionId'>;

/** Return the ids in a message body. The body may be anything, even no JSON, because it could not be processed. */
function idsIn(body: string): Ids {
  const { event, replayed, claim, ...rest } = Object(parseJson(body));
  const fields = { ...rest, ...replayed };
  const { id, type, eventId } = { ...fields, ...event };
  return {
    project: textOf(fields.project),
    // In a replay message, `id` is the id of the replay.
    eventId: textOf(fields.eventId ?? eventId ?? id),
    eventType: textOf(type),
    subscriptionId: textOf(fields.subscriptionId) ?? subscriptionOf(claim),
  };
}

/** Return the subscription id in the key of a claimed item: `["SUB#sub_…", …]`. */
const subscriptionOf = (claim: unknown): string | null =>
  /\bsub_\w+/.exec(String(Object(claim).key ?? ''))?.[0] ?? null;

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
