import {
  GetQueueAttributesCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { LANES } from '../../core/contract.ts';
import type { LocalStack } from '../../local/local-stack.ts';
import { eventually } from './eventually.ts';

type QueueName = (typeof LANES)[number] | `${(typeof LANES)[number]}-dead-letter`;

/** The queues of a stack. Only one file at a time uses a stack, and leaves them empty: their messages are all its own. */
export interface StackQueues {
  /** Send a message, by default to the events queue. */
  send(body: string, attributes?: Readonly<Record<string, string>>, queue?: QueueName): Promise<void>;
  /** Wait for messages of a queue, and receive up to ten of them. */
  receive(queue: QueueName): Promise<Message[]>;
  /** Wait until a queue holds exactly as many messages, visible, delayed or in flight. */
  holds(queue: QueueName, count: number, ms?: number): Promise<void>;
  /** Wait until the queues hold no message, visible, delayed or in flight. */
  idle(...queues: QueueName[]): Promise<void>;
  /** Wait until the functions have nothing to process: every message is delayed or a dead letter. */
  settled(): Promise<void>;
}

interface OwnQueues extends StackQueues {
  /** Delete every message. */
  purge(): Promise<void>;
  close(): void;
}

const COUNTS = {
  visible: 'ApproximateNumberOfMessages',
  inFlight: 'ApproximateNumberOfMessagesNotVisible',
  delayed: 'ApproximateNumberOfMessagesDelayed',
} as const;
type Count = keyof typeof COUNTS;

/** Use the queues of a stack. @param queueUrls by the names of the local stack's */
export function queuesOf(sqs: SQSClient, queueUrls: LocalStack['queueUrls']): OwnQueues {
  const urlOf = (queue: QueueName): string => {
    const url = queueUrls[`ancrage-local-${queue}-queue`];
    if (url === undefined) throw new Error(`There is no queue ${queue} among ${Object.keys(queueUrls)}.`);
    return url;
  };
  const count = async (queue: QueueName, counts: readonly Count[]): Promise<number> => {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: urlOf(queue),
        AttributeNames: counts.map((name) => COUNTS[name]),
      }),
    );
    return counts.reduce((sum, name) => sum + Number(Attributes?.[COUNTS[name]]), 0);
  };
  const untilNone = (queues: readonly QueueName[], counts: readonly Count[]) =>
    eventually(`no message is ${counts.join(', ')} in ${queues.join(', ')}`, async () => {
      const found = await Promise.all(queues.map((queue) => count(queue, counts)));
      if (found.some((each) => each > 0)) throw new Error(`${found.join(', ')} messages`);
    });

  return {
    async send(body, attributes = {}, queue = 'events') {
      const MessageAttributes = Object.fromEntries(
        Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
      );
      await sqs.send(
        new SendMessageCommand({ QueueUrl: urlOf(queue), MessageBody: body, MessageAttributes }),
      );
    },
    async receive(queue) {
      const command = new ReceiveMessageCommand({
        QueueUrl: urlOf(queue),
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 20,
        MessageAttributeNames: ['All'],
      });
      return (await sqs.send(command)).Messages ?? [];
    },
    async holds(queue, wanted, ms) {
      const check = async () => {
        const found = await count(queue, ['visible', 'inFlight', 'delayed']);
        if (found !== wanted) throw new Error(`${found} messages`);
      };
      await eventually(`${queue} holds ${wanted} messages`, check, ms);
    },
    idle: (...queues) => untilNone(queues, ['visible', 'inFlight', 'delayed']),

    // Of all queues, because processing a message of one may send messages to another.
    settled: () => untilNone(LANES, ['visible', 'inFlight']),
    async purge() {
      await Promise.all(
        Object.values(queueUrls).map((QueueUrl) => sqs.send(new PurgeQueueCommand({ QueueUrl }))),
      );
    },
    close: () => sqs.destroy(),
  };
}
