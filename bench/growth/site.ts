import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
} from '@aws-sdk/client-sqs';
import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import { BATCH_SIZE, ENV, LANES } from '../../core/contract.ts';
import { DEVELOPER_ID } from '../../local/access/access.ts';
import type { QueueEngine } from '../../local/engines/fauxqs.ts';
import { failedMessageIds } from '../../local/queues/batch-response.ts';
import { sqsEvent } from '../../local/queues/sqs-event.ts';
import { queueArn, queueUrl } from '../../local/referents.ts';
import { inTens } from '../bench.ts';
import type { FunctionProcess } from './function-process.ts';

type Lane = (typeof LANES)[number];

/** Maximum number of messages in an SQS request. */
const MAX_MESSAGES = 10;
const DEAD_LETTERS = 'dead-letters';
const HOUR_SECONDS = 3600;

/** A table with its queues, and Lambda's part between them and the functions. Its own requests are not counted. */
export interface Site {
  readonly table: DataTable;
  readonly queueVariables: Readonly<Record<string, string>>;
  publish(events: readonly object[]): Promise<void>;
  /** Invoke a function with the messages of a queue until it is empty. @throws Error if a message fails */
  drain(lane: Lane, worker: FunctionProcess): Promise<void>;
}

/** @param gateEndpoint address at which the functions reach the queues */
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
    const messages: Message[] = [];
    while (messages.length < BATCH_SIZE[lane]) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: urlOf(lane),
          MaxNumberOfMessages: Math.min(MAX_MESSAGES, BATCH_SIZE[lane] - messages.length),
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        }),
      );
      if (Messages.length === 0) break;
      messages.push(...Messages);
    }
    return messages;
  };

  return {
    table,
    queueVariables: {
      [ENV.eventsQueueUrl]: gateUrlOf('events'),
      [ENV.internalQueueUrl]: gateUrlOf('internal'),
      [ENV.deliveriesQueueUrl]: gateUrlOf('deliveries'),
      [ENV.retriesQueueUrl]: gateUrlOf('retries'),
      [ENV.pumpsQueueUrl]: gateUrlOf('pumps'),
      [ENV.eventsDeadLetterQueueUrl]: gateUrlOf(DEAD_LETTERS),
      [ENV.internalDeadLetterQueueUrl]: gateUrlOf(DEAD_LETTERS),
      [ENV.ownRoleIds]: DEVELOPER_ID,
    },

    async publish(events) {
      for (const ten of inTens(events)) {
        const Entries = ten.map((event, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify(event),
        }));
        await client.send(new SendMessageBatchCommand({ QueueUrl: urlOf('events'), Entries }));
      }
    },

    async drain(lane, worker) {
      for (let messages = await receive(lane); messages.length > 0; messages = await receive(lane)) {
        const response = await worker.invoke(sqsEvent(messages, queueArn(nameOf(lane))));
        const failed = failedMessageIds(
          response,
          messages.map(({ MessageId = '' }) => MessageId),
        );
        if (failed.size > 0) throw new Error(`${failed.size} messages of the ${lane} queue failed.`);
        for (const done of inTens(messages)) {
          const Entries = done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
          await client.send(new DeleteMessageBatchCommand({ QueueUrl: urlOf(lane), Entries }));
        }
      }
    },
  };
}
