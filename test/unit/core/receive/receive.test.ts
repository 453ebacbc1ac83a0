import { beforeEach, describe, expect, it } from 'vitest';
import { type QueueMessage, toQueueMessage, type Unhandled } from '../../../../core/model/queue-message.ts';
import { receive } from '../../../../core/receive/receive.ts';
import { recordedLog } from '../../../support/in-memory/log.ts';
import { inMemoryQueue } from '../../../support/in-memory/queue.ts';
import { refuseAll } from '../../../support/pipeline.ts';
import { NOW } from '../../../support/records.ts';

const SECOND = 1000;
const DAY = 86_400_000;

/** Return a message as SQS delivers it. */
const message = (
  id: string,
  { receiveCount = 1, attributes = {}, sentAt = NOW, groupId = 'erp' as string | undefined } = {},
): QueueMessage => toQueueMessage({ id, body: `body of ${id}`, groupId, sentAt, receiveCount, attributes });

let queue: ReturnType<typeof inMemoryQueue>;
let postponed: { id: string; seconds: number }[];
let handled: string[][];
let now: number;
let randoms: number[];
let lines: ReturnType<typeof recordedLog>['lines'];

beforeEach(() => {
  queue = inMemoryQueue();
  [postponed, handled, randoms, now] = [[], [], [], NOW];
});

/** Receive messages with a worker that fails with some of them. */
function receiveWith(messages: readonly QueueMessage[], unhandled: readonly Unhandled[] = []) {
  const recorded = recordedLog();
  lines = recorded.lines;
  const ports = {
    receipts: {
      delete: async () => {},
      postpone: async (some: typeof postponed) => void postponed.push(...some),
    },
    copiesQueue: queue.queue,
    clock: () => now,
    random: () => randoms.shift() ?? 0.5,
    log: recorded.log,
  };
  return receive(ports, messages, async (some) => {
    handled.push(some.map(({ id }) => id));
    return unhandled.filter(({ id }) => some.some((each) => each.id === id));
  });
}

/** Return the copies that were sent, as SQS delivers them when their delay is over. */
const copies = () =>
  queue.sent
    .splice(0)
    .map(({ groupId, attributes = {}, delaySeconds = 0 }, index) =>
      message(`copy ${index}`, { groupId, attributes, sentAt: now + delaySeconds * SECOND }),
    );

describe('a message that was handled', () => {
  it('need not be received again', async () => {
    expect(await receiveWith([message('a'), message('b')])).toEqual([]);
    expect(handled).toEqual([['a', 'b']]);
    expect(queue.sent).toEqual([]);
  });
});

describe('a fault of ours', () => {
  const faulty = [{ id: 'a', why: 'fault' }] as const;

  it('has a copy sent in place of the message, in its group and with its attributes', async () => {
    const given = message('a', { attributes: { project: 'erp', colour: 'red' }, groupId: 'shop' });
    expect(await receiveWith([given, message('b')], faulty)).toEqual([]);
    expect(queue.sent).toEqual([
      {
        body: 'body of a',
        groupId: 'shop',
        delaySeconds: 10,
        attributes: {
          project: 'erp',
          colour: 'red',
          'ancrage-message-id': 'a',
          'ancrage-sent-at': String(NOW),
          'ancrage-faults': '1',
        },
      },
    ]);
    expect(lines).toMatchObject([
      { message: 'messages copied', fields: { copied: 1, unsent: 0, delaySeconds: 10 } },
    ]);
  });

  it('has the copies wait longer and longer, for fifteen minutes at most', async () => {
    const delays: number[] = [];
    let [next] = [message('a')];
    for (let n = 0; n < 9; n++) {
      await receiveWith([next], [{ id: next.id, why: 'fault' }]);
      delays.push(queue.sent[0]?.delaySeconds ?? 0);
      const [copy] = copies();
      next = copy as QueueMessage;
    }
    expect(delays).toEqual([10, 20, 40, 80, 160, 320, 640, 900, 900]);
    expect(next).toMatchObject({ sentAt: NOW, faults: 9, receiveCount: 1 });
    expect(next.attributes['ancrage-message-id']).toBe('a');
  });

  it('does not have all copies come back at the same moment', async () => {
    randoms = [0, 1];
    await receiveWith([message('a'), message('b')], [...faulty, { id: 'b', why: 'fault' }]);
    expect(queue.sent.map(({ delaySeconds }) => delaySeconds)).toEqual([8, 12]);
  });

  it('returns the message itself if no copy can be sent', async () => {
    refuseAll(queue);
    expect(await receiveWith([message('a')], faulty)).toEqual(['a']);
  });

  it('returns the message itself after fourteen days, so that SQS dead-letters it', async () => {
    now = NOW + 14 * DAY;
    expect(await receiveWith([message('a')], faulty)).toEqual(['a']);
    now--;
    expect(await receiveWith([message('a')], faulty)).toEqual([]);
  });

  it('keeps every attribute of ours if the publisher has as many as SQS allows', async () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`a${n}`, 'x']));
    const attributes = { ...many, 'ancrage-checked': 'true' };
    await receiveWith([message('a', { attributes })], faulty);
    const sent = queue.sent[0]?.attributes ?? {};
    expect(Object.keys(sent)).toHaveLength(10);
    expect(sent).toMatchObject({ 'ancrage-checked': 'true', 'ancrage-faults': '1', a0: 'x' });
  });

  it('gives a message without a group one', async () => {
    await receiveWith([{ ...message('a'), groupId: undefined }], faulty);
    expect(queue.sent[0]?.groupId).toBe('copies');
  });
});

describe('a message that nobody can handle', () => {
  it('is not copied, so that its receives count', async () => {
    expect(await receiveWith([message('a')], [{ id: 'a', why: 'never' }])).toEqual(['a']);
    expect(queue.sent).toEqual([]);
  });
});

describe('a message that was received three times', () => {
  it('is handled alone, and the others come back at times of their own', async () => {
    randoms = [0, 0, 1];
    const again = await receiveWith([message('a'), message('b', { receiveCount: 3 }), message('c')]);
    expect(handled).toEqual([['b']]);
    expect(again).toEqual(['a', 'c']);
    expect(postponed).toEqual([
      { id: 'a', seconds: 5 },
      { id: 'c', seconds: 120 },
    ]);
    expect(lines).toMatchObject([
      { message: 'batch split', fields: { messageId: 'b', receiveCount: 3, postponed: 2 } },
    ]);
  });

  it('is the one that was received most often, or any of them', async () => {
    const batch = [2, 4, 4].map((receiveCount, n) => message(String(n), { receiveCount }));
    randoms = [0];
    await receiveWith(batch);
    randoms = [0.99];
    await receiveWith(batch);
    expect(handled).toEqual([['1'], ['2']]);
  });

  it('is handled as always if it is alone', async () => {
    expect(await receiveWith([message('a', { receiveCount: 9 })], [{ id: 'a', why: 'fault' }])).toEqual([]);
    expect(queue.sent).toHaveLength(1);
    expect(lines).toMatchObject([{ message: 'messages copied' }]);
  });

  it('leaves a batch that was received twice together', async () => {
    await receiveWith([message('a', { receiveCount: 2 }), message('b', { receiveCount: 2 })]);
    expect(handled).toEqual([['a', 'b']]);
  });
});

describe('the attributes of a copy', () => {
  it.each([
    ['text', { 'ancrage-sent-at': 'yesterday', 'ancrage-faults': 'many' }],
    ['a time to come', { 'ancrage-sent-at': String(NOW + 1), 'ancrage-faults': '1e3' }],
    ['a negative number', { 'ancrage-sent-at': '-1', 'ancrage-faults': '-1' }],
    ['a number that overflows', { 'ancrage-sent-at': '9'.repeat(40), 'ancrage-faults': '9'.repeat(40) }],
  ])('are ignored if a publisher set them to %s', (_, attributes) => {
    expect(message('a', { attributes })).toMatchObject({ sentAt: NOW, faults: 0 });
  });
});
