import {
  type Message,
  ReceiveMessageCommand,
  type SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messageQueue } from '../../core/adapters/sqs/message-queue.ts';
import { receiptsOf } from '../../core/adapters/sqs/receipts.ts';
import type { MessageQueue } from '../../core/ports/message-queue.ts';
import { startQueue } from '../support/engines.ts';
import { recordedLog, silentLog } from '../support/in-memory/log.ts';
import { inMemoryQueue } from '../support/in-memory/queue.ts';

interface Held {
  readonly body: string;
  readonly attributes: Record<string, string>;
}

interface OpenQueue {
  readonly queue: MessageQueue;
  /** Take this many messages out. */
  take(count: number): Promise<Held[]>;
}

let sqs: Awaited<ReturnType<typeof startQueue>>;
beforeAll(async () => {
  sqs = await startQueue();
});
afterAll(() => sqs.stop());

const openSqs = (): OpenQueue => ({
  queue: messageQueue(sqs.client, sqs.queueUrl, silentLog),
  async take(count) {
    const taken: Message[] = [];
    while (taken.length < count) {
      const receive = new ReceiveMessageCommand({
        QueueUrl: sqs.queueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 1,
        MessageAttributeNames: ['All'],
      });
      taken.push(...((await sqs.client.send(receive)).Messages ?? []));
    }
    return taken.map(({ Body = '', MessageAttributes = {} }) => ({
      body: Body,
      attributes: Object.fromEntries(
        Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue]),
      ),
    }));
  },
});

const openInMemory = (): OpenQueue => {
  const { queue, sent } = inMemoryQueue();
  return {
    queue,
    take: async (count) => sent.splice(0, count).map(({ body, attributes = {} }) => ({ body, attributes })),
  };
};

describe.each([
  ['in memory', openInMemory],
  ['in SQS', openSqs],
])('a message queue %s', (_name, open) => {
  it('sends any number of messages unchanged', async () => {
    const { queue, take } = open();
    const messages = Array.from({ length: 23 }, (_, n) => ({
      body: `{"n":${n},"é":"😀"}`,
      groupId: `sub_${n % 3}`,
    }));
    expect([...(await queue.send(messages))]).toEqual([]);
    expect((await take(23)).map(({ body }) => body).toSorted()).toEqual(
      messages.map(({ body }) => body).toSorted(),
    );
  });

  it('accepts an empty list', async () => {
    expect([...(await open().queue.send([]))]).toEqual([]);
  });

  it('sends the attributes of a message', async () => {
    const { queue, take } = open();
    await queue.send([{ body: '{}', groupId: 'a', attributes: { reason: 'because é' } }]);
    expect(await take(1)).toEqual([{ body: '{}', attributes: { reason: 'because é' } }]);
  });

  it('sends messages that together exceed the size of one request', async () => {
    const { queue, take } = open();
    const messages = Array.from({ length: 6 }, (_, n) => ({
      body: JSON.stringify(`${n}${'é'.repeat(150_000)}`),
      groupId: 'a',
    }));
    expect([...(await queue.send(messages))]).toEqual([]);
    expect(await take(6)).toHaveLength(6);
  });

  it('returns the index of a message that it could not send, and sends the others', async () => {
    const { queue, take } = open();
    const tooLarge = JSON.stringify('x'.repeat(1_100_000));
    const messages = [{ body: '1' }, { body: tooLarge }, { body: '3' }].map((message) => ({
      ...message,
      groupId: 'a',
    }));
    expect([...(await queue.send(messages))]).toEqual([1]);
    expect((await take(2)).map(({ body }) => body).toSorted()).toEqual(['1', '3']);
  });
});

describe('the receipts of a batch', () => {
  const received = async (): Promise<Message[]> => {
    const request = new ReceiveMessageCommand({
      QueueUrl: sqs.queueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 2,
      VisibilityTimeout: 60,
    });
    return (await sqs.client.send(request)).Messages ?? [];
  };
  const handlesOf = (messages: readonly Message[]) =>
    new Map(messages.map(({ MessageId = '', ReceiptHandle = '' }) => [MessageId, ReceiptHandle]));

  it('delete messages, and have others received again soon', async () => {
    const bodies = Array.from({ length: 4 }, (_, n) => ({ body: `${n}`, groupId: 'a' }));
    await messageQueue(sqs.client, sqs.queueUrl, silentLog).send(bodies);
    const messages: Message[] = [];
    while (messages.length < 4) messages.push(...(await received()));
    const [gone, late, ...rest] = messages.map(({ MessageId = '' }) => MessageId);
    const receipts = receiptsOf(sqs.client, sqs.queueUrl, handlesOf(messages), silentLog);
    await receipts.delete([gone ?? '']);
    await receipts.postpone([{ id: late ?? '', seconds: 1 }]);
    const [again, ...others] = await received();
    expect(again?.MessageId).toBe(late);
    expect(others).toEqual([]);
    await receiptsOf(sqs.client, sqs.queueUrl, handlesOf([again as Message]), silentLog).delete([late ?? '']);
    await receipts.delete(rest);
  });

  it('do not throw if SQS cannot be reached: the messages come back by themselves', async () => {
    const { log, lines } = recordedLog();
    const client = { send: async () => Promise.reject(new Error('no network')) } as unknown as SQSClient;
    const receipts = receiptsOf(client, 'http://sqs/0/orders', new Map([['a', 'handle']]), log);
    await receipts.delete(['a']);
    await receipts.postpone([{ id: 'a', seconds: 5 }]);
    expect(lines).toMatchObject([
      { level: 'warn', message: 'messages not deleted', fields: { queue: 'orders', count: 1 } },
      { level: 'warn', message: 'messages not postponed', fields: { queue: 'orders', count: 1 } },
    ]);
  });
});

describe('a message queue in SQS', () => {
  it('retries only the entries that SQS did not accept', async () => {
    const requests: string[][] = [];
    const client = {
      send: async ({ input }: SendMessageBatchCommand) => {
        const bodies = (input.Entries ?? []).map(({ MessageBody = '' }) => MessageBody);
        requests.push(bodies);
        const refused = (input.Entries ?? []).filter(
          ({ MessageBody }) => MessageBody === 'never' || (MessageBody === 'second' && requests.length === 1),
        );
        return {
          Failed: refused.map(({ Id }) => ({ Id, Code: 'InternalError', Message: '', SenderFault: false })),
        };
      },
    } as unknown as SQSClient;
    const bodies = ['first', 'second', 'never'];
    const unsent = await messageQueue(client, 'url', silentLog).send(
      bodies.map((body) => ({ body, groupId: 'a' })),
    );
    expect(requests).toEqual([bodies, ['second', 'never'], ['never']]);
    expect([...unsent]).toEqual([2]);
  });

  it('does not throw if SQS cannot be reached', async () => {
    const client = { send: async () => Promise.reject(new Error('no network')) } as unknown as SQSClient;
    const messages = [1, 2].map((n) => ({ body: `${n}`, groupId: 'a' }));
    expect([...(await messageQueue(client, 'url', silentLog).send(messages))]).toEqual([0, 1]);
  });
});
