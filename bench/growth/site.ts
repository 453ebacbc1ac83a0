import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
} from '@aws-sdk/client-sqs';
import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import { BATCH_SIZE, ENV, LANES } from '../../core/contract.ts';
import type { QueueEngine } from '../../local/engines/fauxqs.ts';
import { failedMessageIds } from '../../local/queues/batch-response.ts';
import { sqsEvent } from '../../local/queues/sqs-event.ts';
import { queueUrl } from '../../local/referents.ts';
import type { FunctionProcess } from './function-process.ts';

type Lane = (typeof LANES)[number];

/** SQS takes and hands out as many at once. */
const AT_ONCE = 10;
const DEAD_LETTERS = 'dead-letters';
const HOUR_SECONDS = 3600;

/** A table and queues, and what Lambda does between these and the functions. None of its requests is counted. */
export interface Site {
  readonly table: DataTable;
  readonly queueVariables: Readonly<Record<string, string>>;
  publish(events: readonly object[]): Promise<void>;
  /** Has a function work off a queue until it is empty. @throws Error if a message fails */
  drain(lane: Lane, worker: FunctionProcess): Promise<void>;
}

/** @param gateEndpoint where the functions reach the queues */
export async function openSite(table: DataTable, queues: QueueEngine, gateEndpoint: string): Promise<Site> {
  const { client, endpoint } = queues;
  const nameOf = (queue: string) => `${table.tableName}-${queue}`;
  for (const queue of [...LANES, DEAD_LETTERS])
    await client.send(
      new CreateQueueCommand({
        QueueName: nameOf(queue),
        Attributes: { VisibilityTimeout: String(HOUR_SECONDS) },
      }),
    );
  const urlOf = (lane: Lane) => queueUrl(endpoint, nameOf(lane));
  const gateUrlOf = (queue: string) => queueUrl(gateEndpoint, nameOf(queue));

  const receive = async (lane: Lane): Promise<Message[]> => {
    const batch: Message[] = [];
    while (batch.length < BATCH_SIZE[lane]) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: urlOf(lane),
          MaxNumberOfMessages: Math.min(AT_ONCE, BATCH_SIZE[lane] - batch.length),
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        }),
      );
      if (Messages.length === 0) break;
      batch.push(...Messages);
    }
    return batch;
  };

  const inTens = <Entry>(entries: readonly Entry[]): Entry[][] =>
    Array.from({ length: Math.ceil(entries.length / AT_ONCE) }, (_, index) =>
      entries.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
    );

  return {
    table,
    queueVariables: {
      [ENV.eventsQueueUrl]: gateUrlOf('events'),
      [ENV.deliveriesQueueUrl]: gateUrlOf('deliveries'),
      [ENV.retriesQueueUrl]: gateUrlOf('retries'),
      [ENV.eventsDeadLetterQueueUrl]: gateUrlOf(DEAD_LETTERS),
    },

    async publish(events) {
      for (const batch of inTens(events)) {
        const Entries = batch.map((event, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify(event),
        }));
        await client.send(new SendMessageBatchCommand({ QueueUrl: urlOf('events'), Entries }));
      }
    },

    async drain(lane, worker) {
      for (let batch = await receive(lane); batch.length > 0; batch = await receive(lane)) {
        const answer = await worker.invoke(sqsEvent(batch, `arn:aws:sqs:::${lane}`));
        const failed = failedMessageIds(
          answer,
          batch.map(({ MessageId = '' }) => MessageId),
        );
        if (failed.size > 0) throw new Error(`${failed.size} messages of the ${lane} queue failed.`);
        for (const done of inTens(batch)) {
          const Entries = done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
          await client.send(new DeleteMessageBatchCommand({ QueueUrl: urlOf(lane), Entries }));
        }
      }
    },
  };
}
