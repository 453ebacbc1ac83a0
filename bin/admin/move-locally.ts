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

/** SQS returns at most this many messages per request. */
const REQUEST_SIZE = 10;

/**
 * Move messages as a move task of SQS does, which the local engine lacks: each message gets a new id and keeps its body
 * and attributes (the engine has no message groups). Move only as many messages as there were at the start, because
 * messages that still cannot be processed return at once and would go round forever.
 */
export async function moveLocally({ sqs, from, to, rate, progress }: Move): Promise<Moved> {
  const { visible: toMove } = await readDepths(sqs, from);
  let moved = 0;
  progress.update(moved, toMove);
  while (moved < toMove) {
    const messages = await receive(sqs, from, Math.min(REQUEST_SIZE, toMove - moved, rate ?? REQUEST_SIZE));
    // Another consumer has received the rest.
    if (messages.length === 0) break;
    for (const message of messages) {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: to,
          MessageBody: message.Body,
          MessageAttributes: message.MessageAttributes,
        }),
      );
      // Delete after sending: a duplicate is better than a lost message.
      await sqs.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle: message.ReceiptHandle }));
      progress.update(++moved, toMove);
    }
    if (rate !== undefined && moved < toMove) await sleep((messages.length / rate) * 1000);
  }
  return { moved, toMove };
}

async function receive(sqs: SQSClient, queueUrl: string, limit: number): Promise<Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: limit,
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages;
}
