import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Move, Moved } from './move-task.ts';
import { readDepths } from './queue-depths.ts';

/** SQS hands out at most this many messages in one request. */
const REQUEST_SIZE = 10;

/**
 * The local engine has no move tasks, so this does what one does: each message gets a new id, and keeps its text and
 * its attributes (the engine has no message groups). It moves as many as there were at the start: what cannot be processed comes back at once,
 * and would go round for ever.
 */
export async function moveLocally({ sqs, from, to, rate, progress }: Move): Promise<Moved> {
  const { visible: toMove } = await readDepths(sqs, from);
  let moved = 0;
  progress.update(moved, toMove);
  while (moved < toMove) {
    const batch = await receive(sqs, from, Math.min(REQUEST_SIZE, toMove - moved, rate ?? REQUEST_SIZE));
    // Someone else has taken the rest.
    if (batch.length === 0) break;
    for (const message of batch) {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: to,
          MessageBody: message.Body,
          MessageAttributes: message.MessageAttributes,
        }),
      );
      // Only now: better twice than never.
      await sqs.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle: message.ReceiptHandle }));
      progress.update(++moved, toMove);
    }
    if (rate !== undefined && moved < toMove) await sleep((batch.length / rate) * 1000);
  }
  return { moved, toMove };
}

async function receive(sqs: SQSClient, queueUrl: string, most: number): Promise<Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: most,
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages;
}
