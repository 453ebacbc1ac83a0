import { beforeEach, describe, expect, it } from 'vitest';
import { settledAt } from '../../../../core/model/event-order.ts';
import type { FlowState } from '../../../../core/model/flow-state.ts';
import { mayHoldOrdered, revise } from '../../../../core/model/subscription.ts';
import type { WaitingDelivery } from '../../../../core/model/waiting-delivery.ts';
import { type KeyMark, MAILBOX_PARTS, type Mailbox } from '../../../../core/ports/mailbox.ts';
import { nextDueAt } from '../../../../core/pump/next-due.ts';
import { openFeed } from '../../../../core/pump/open-feed.ts';
import { OrderedFeed } from '../../../../core/pump/ordered-feed.ts';
import { inMemoryMailbox } from '../../../support/in-memory/flow.ts';
import { NOW, subscriptionRecord, waitingRecord } from '../../../support/records.ts';

const STRICT = { ordering: 'strict' } as const;
const ID = 'sub_1';
const MINUTE = 60_000;

/** Return a first attempt in the queue of a key, published so many milliseconds after an hour ago. */
function entry(key: string, place: number, given: Partial<WaitingDelivery> = {}): WaitingDelivery {
  const ordered = { key, order: (NOW - 60 * MINUTE + place) * 1000 };
  return waitingRecord({
    subscriptionId: ID,
    eventId: `${key}-${place}`,
    dueAt: settledAt(ordered),
    ordered,
    ...given,
  });
}

const failed = (key: string, place: number, dueIn: number, given: Partial<WaitingDelivery> = {}) =>
  entry(key, place, { number: 2, dueAt: NOW + dueIn, failedAt: NOW - 10, outage: true, ...given });

describe('the feed of ordered deliveries', () => {
  let mailbox: Mailbox;
  beforeEach(() => {
    mailbox = inMemoryMailbox();
  });
  const feedOf = (pull: FlowState['pull'] = null) => new OrderedFeed(mailbox, ID, pull, NOW);

  /** Begin an attempt. Return what happens then. */
  function attempt(feed: OrderedFeed, delivery: WaitingDelivery) {
    const concluded = Promise.withResolvers<'leaves' | 'stays' | 'fault'>();
    const verdict = Promise.withResolvers<null>();
    feed.begin(delivery, { concluded: concluded.promise, verdict: verdict.promise });
    const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
    return {
      /** It has succeeded or ended, and its removal is not written yet. */
      leaves() {
        concluded.resolve('leaves');
        return settled();
      },
      async left() {
        concluded.resolve('leaves');
        await mailbox.write([], [delivery]);
        verdict.resolve(null);
        await settled();
      },
      async failsUntil(dueAt: number) {
        await mailbox.write([{ ...delivery, number: delivery.number + 1, dueAt, failedAt: NOW }]);
        concluded.resolve('stays');
        verdict.resolve(null);
        await settled();
      },
      async meetsFault() {
        concluded.resolve('fault');
        verdict.reject(new Error('ours'));
        await settled();
      },
    };
  }
  const taken = async (feed: OrderedFeed, now = NOW) => {
    const all: WaitingDelivery[] = [];
    for (let next = await feed.take(now); next !== null; next = await feed.take(now)) all.push(next);
    return all.map(({ eventId }) => eventId).sort();
  };
  const marks = async (): Promise<KeyMark[]> => {
    const range = { after: null, until: null, limit: 1000 };
    const parts = Array.from({ length: MAILBOX_PARTS }, (_, part) => mailbox.marks(ID, part, range));
    return (await Promise.all(parts)).flatMap(({ items }) => items);
  };

  /** Return the mailbox, and the names of the reads that are made through it. */
  function spiedMailbox() {
    const reads: string[] = [];
    const spied: Mailbox = {
      ...mailbox,
      read(...given) {
        reads.push('read');
        return mailbox.read(...given);
      },
      queue(...given) {
        reads.push('queue');
        return mailbox.queue(...given);
      },
      marks(...given) {
        reads.push('marks');
        return mailbox.marks(...given);
      },
    };
    return { reads, spied };
  }

  it('has one delivery of each key at a time, the first in their order', async () => {
    await mailbox.write([entry('a', 5), entry('a', 3), entry('b', 2), entry('a', 4), entry('', 1)]);
    const feed = feedOf();
    expect(await taken(feed)).toEqual(['-1', 'a-3', 'b-2']);
    expect(await taken(feed, NOW + MINUTE)).toEqual([]);
  });

  it('goes on with the key when a delivery has succeeded, before its removal is written', async () => {
    await mailbox.write([1, 2, 3].map((place) => entry('a', place)));
    const feed = feedOf();
    for (const expected of ['a-1', 'a-2', 'a-3']) {
      const delivery = (await feed.take(NOW)) as WaitingDelivery;
      expect(delivery.eventId).toBe(expected);
      expect(await feed.take(NOW)).toBeNull();
      await attempt(feed, delivery).leaves();
    }
    expect(await feed.take(NOW)).toBeNull();
    // A pump that takes over finds what is still there.
    expect(await marks()).toHaveLength(1);
    expect(await taken(feedOf())).toEqual(['a-1']);
  });

  it('keeps the mark of a key until its last delivery has left', async () => {
    await mailbox.write([entry('a', 1)]);
    const feed = feedOf();
    const sending = attempt(feed, (await feed.take(NOW)) as WaitingDelivery);
    await sending.leaves();
    expect(await feed.take(NOW)).toBeNull();
    expect(await marks()).toHaveLength(1);
    await sending.left();
    expect(await feed.take(NOW)).toBeNull();
    expect(await marks()).toEqual([]);
    expect(await nextDueAt(mailbox, ID, STRICT, NOW)).toBeNull();
  });

  it('lets a failing key wait for its first delivery, and sends the others', async () => {
    await mailbox.write([entry('a', 1), entry('a', 2), entry('b', 1), entry('b', 2)]);
    const feed = feedOf();
    const [a, b] = [await feed.take(NOW), await feed.take(NOW)].sort((x, y) =>
      (x?.eventId ?? '') < (y?.eventId ?? '') ? -1 : 1,
    ) as [WaitingDelivery, WaitingDelivery];
    await attempt(feed, a).failsUntil(NOW + MINUTE);
    await attempt(feed, b).left();
    expect(await taken(feed)).toEqual(['b-2']);
    expect((await marks()).filter(({ key }) => key === 'a')).toMatchObject([
      { dueAt: NOW + MINUTE, failedAt: NOW },
    ]);
    expect(await taken(feed, NOW + MINUTE - 3000)).toEqual([]);
    expect(await taken(feed, NOW + MINUTE)).toEqual(['a-1']);
  });

  it('does not go on with a key after a fault of ours', async () => {
    await mailbox.write([entry('a', 1), entry('a', 2)]);
    const feed = feedOf();
    await attempt(feed, (await feed.take(NOW)) as WaitingDelivery).meetsFault();
    expect(await taken(feed, NOW + MINUTE)).toEqual([]);
    expect(await nextDueAt(mailbox, ID, STRICT, NOW)).toBe(NOW);
    expect(await taken(feedOf())).toEqual(['a-1']);
  });

  it('waits until two seconds after the order of a delivery, and sends what comes before it first', async () => {
    const order = { key: 'a', order: NOW * 1000 };
    await mailbox.write([entry('a', 0, { ordered: order, eventId: 'second', dueAt: settledAt(order) })]);
    const feed = feedOf();
    expect(await feed.take(NOW + 1000)).toBeNull();
    expect(feed.isSoon).toBe(true);
    await mailbox.write([entry('a', 1, { eventId: 'first' })]);
    expect((await feed.take(NOW + 1999))?.eventId).toBe('first');
    expect(feed.isSoon).toBe(false);
    expect((await feedOf().take(NOW + 1999))?.eventId).toBe('first');
    await mailbox.write([], [entry('a', 1, { eventId: 'first' })]);
    expect(await feedOf().take(NOW + 1999)).toBeNull();
    expect((await feedOf().take(NOW + 2000))?.eventId).toBe('second');
  });

  it('finds what is put while it runs, also behind a delivery that is leaving', async () => {
    await mailbox.write([entry('a', 1)]);
    const feed = feedOf();
    const sending = attempt(feed, (await feed.take(NOW)) as WaitingDelivery);
    await sending.leaves();
    expect(await feed.take(NOW)).toBeNull();
    await mailbox.write([entry('a', 2), entry('b', 1)]);
    await sending.left();
    expect(await taken(feed, NOW + 250)).toEqual(['a-2', 'b-1']);
  });

  it('does not remove the mark of what is put while it looks', async () => {
    await mailbox.write([entry('a', 1)]);
    const { queue } = mailbox;
    const feed = new OrderedFeed(
      {
        ...mailbox,
        queue: async (...given) => {
          const page = await queue(...given);
          if (page.items.length === 0) await mailbox.write([entry('a', 2)]);
          return page;
        },
      },
      ID,
      null,
      NOW,
    );
    await attempt(feed, (await feed.take(NOW)) as WaitingDelivery).left();
    expect(await feed.take(NOW)).toBeNull();
    expect((await feed.take(NOW + 250))?.eventId).toBe('a-2');
  });

  it('gives every key its turn, however many deliveries others have', async () => {
    const keys = Array.from({ length: 300 }, (_, n) => `k${n}`);
    await mailbox.write(keys.flatMap((key) => Array.from({ length: 20 }, (_, n) => entry(key, n))));
    const feed = feedOf();
    const first: string[] = [];
    for (let n = 0; n < 900; n++) {
      const delivery = (await feed.take(NOW + n * 10)) as WaitingDelivery;
      first.push(delivery.ordered?.key ?? '');
      await attempt(feed, delivery).left();
    }
    for (const key of keys) expect(first.filter((one) => one === key).length).toBeGreaterThanOrEqual(1);
  });

  it('finds a delivery behind a hundred failing keys and a failing key with thousands, in a few reads', async () => {
    const keys = Array.from({ length: 100 }, (_, n) => `poison${n}`);
    await mailbox.write(keys.map((key) => failed(key, 0, MINUTE)));
    await mailbox.write(Array.from({ length: 3000 }, (_, n) => entry('poison0', n + 1)));
    await taken(feedOf());
    await mailbox.write([entry('good', 1)]);
    const { reads, spied } = spiedMailbox();
    expect((await new OrderedFeed(spied, ID, null, NOW).take(NOW))?.eventId).toBe('good-1');
    expect(reads.length).toBeLessThanOrEqual(MAILBOX_PARTS + 1);
  });

  it('pulls the keys whose first delivery failed with an outage, or all of them', async () => {
    const rejected = { outage: false };
    await mailbox.write([
      failed('down', 0, MINUTE),
      entry('down', 1),
      failed('rejected', 0, MINUTE, rejected),
      failed('later', 0, MINUTE, { failedAt: NOW + 5 }),
    ]);
    await taken(feedOf());
    expect(await taken(feedOf())).toEqual([]);
    expect(await taken(feedOf({ before: NOW, what: 'outages' }))).toEqual(['down-0']);
    expect(await taken(feedOf({ before: NOW, what: 'all' }))).toEqual(['down-0', 'rejected-0']);
  });

  it('reads what is pulled also if keys without anything due are marked', async () => {
    await mailbox.write([failed('down', 0, MINUTE)]);
    await taken(feedOf());
    await mailbox.write([failed('rejected', 0, MINUTE, { outage: false })]);
    expect(await taken(feedOf({ before: NOW, what: 'outages' }))).toEqual(['down-0']);
  });

  it('has a replay and the delivery that it replays beside each other, one after the other', async () => {
    const replay = { id: 'rpl_1', requestedAt: new Date(NOW).toISOString(), after: 3 };
    await mailbox.write([entry('a', 1), entry('a', 1, { replay, number: 4 })]);
    const feed = feedOf();
    const first = (await feed.take(NOW)) as WaitingDelivery;
    expect(await feed.take(NOW)).toBeNull();
    await attempt(feed, first).left();
    const second = (await feed.take(NOW)) as WaitingDelivery;
    expect([first.replay, second.replay]).toEqual([undefined, replay]);
  });

  describe('after the setting was changed', () => {
    const open = (ordering: 'none' | 'strict') =>
      openFeed(mailbox, ID, { ordering, wasStrict: true }, null, NOW);
    const unordered = waitingRecord({ subscriptionId: ID, eventId: 'unordered', dueAt: NOW - 1 });

    it.each([
      ['strict', ['unordered', 'a-1']],
      ['none', ['a-1', 'unordered']],
    ] as const)('to %s, sends what waited before, then what waits now', async (ordering, expected) => {
      await mailbox.write([unordered, entry('a', 1), entry('a', 2)]);
      const feed = await open(ordering);
      const found = [await feed.take(NOW), await feed.take(NOW), await feed.take(NOW)];
      expect(found.map((one) => one?.eventId)).toEqual([...expected, undefined]);
    });

    it('still looks for ordered deliveries, and never if the setting was not strict before', () => {
      const strict = subscriptionRecord({ ordering: 'strict' });
      const changed = revise(strict, { ordering: 'none' }, NOW);
      expect([null, strict, changed, revise(changed, {}, NOW)].map(mayHoldOrdered)).toEqual(
        Array(4).fill(true),
      );
      const never = subscriptionRecord();
      expect([never, revise(never, { name: 'a' }, NOW)].map(mayHoldOrdered)).toEqual([false, false]);
    });

    it('reads only one kind of entries if there is only one', async () => {
      const { reads, spied } = spiedMailbox();
      const feed = await openFeed(spied, ID, { ordering: 'none' }, null, NOW);
      reads.length = 0;
      await feed.take(NOW);
      expect(new Set(reads)).toEqual(new Set(['read']));
    });
  });
});
