import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** A message that was given up, and what it is of as far as that can be read. */
export interface DeadLetter {
  readonly messageId: string;
  readonly sentAt: string;
  readonly receiveCount: number;
  /** Why fan-out set it aside; null where SQS did, after too many receives. */
  readonly reason: string | null;
  readonly project: string | null;
  readonly eventId: string | null;
  readonly eventType: string | null;
  readonly subscriptionId: string | null;
  readonly body: string;
}

/** Long enough to read a thousand; whoever redrives meanwhile finds the rest. */
const HIDDEN_SECONDS = 60;

/** Looks at dead letters, at most so many, and puts them back. */
export async function peek(sqs: SQSClient, queueUrl: string, limit: number): Promise<DeadLetter[]> {
  const seen: Message[] = [];
  try {
    for await (const batch of received(sqs, queueUrl)) {
      seen.push(...batch);
      if (seen.length >= limit) break;
    }
  } finally {
    await putBack(sqs, queueUrl, seen);
  }
  return seen.slice(0, limit).map(toDeadLetter);
}

/** Deletes those of these ids, or all. Answers how many it found. */
export async function discard(
  sqs: SQSClient,
  queueUrl: string,
  ids: ReadonlySet<string> | null,
): Promise<number> {
  const kept: Message[] = [];
  let discarded = 0;
  try {
    for await (const batch of received(sqs, queueUrl)) {
      for (const message of batch) {
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

/** All, each once: what is received is hidden from the next request, until none is left. */
async function* received(sqs: SQSClient, queueUrl: string): AsyncGenerator<Message[]> {
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: HIDDEN_SECONDS,
        // Asks all of SQS's servers, of which one alone may have the message.
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

const NOTHING: Ids = { project: null, eventId: null, eventType: null, subscriptionId: null };

/** It may be anything: it is here because it could not be processed. */
function idsIn(body: string): Ids {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return NOTHING;
    throw error;
  }
  const { event, replayed, claim, ...rest } = Object(parsed);
  const told = { ...rest, ...replayed };
  const { id, type, eventId } = { ...told, ...event };
  return {
    project: textOf(told.project),
    // A replay has an id of its own beside its event's.
    eventId: textOf(told.eventId ?? eventId ?? id),
    eventType: textOf(type),
    subscriptionId: textOf(told.subscriptionId) ?? subscriptionOf(claim),
  };
}

/** A claim names the item that it is of: `["SUB#sub_…", …]`. */
const subscriptionOf = (claim: unknown): string | null =>
  /\bsub_\w+/.exec(String(Object(claim).key ?? ''))?.[0] ?? null;

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
