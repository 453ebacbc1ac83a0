import { beforeEach, describe, expect, it } from 'vitest';
import type { FlowState } from '../../../../core/model/flow-state.ts';
import type { WaitingDelivery } from '../../../../core/model/waiting-delivery.ts';
import type { Mailbox } from '../../../../core/ports/mailbox.ts';
import { MailboxFeed } from '../../../../core/pump/mailbox-feed.ts';
import { MailboxReader } from '../../../../core/pump/mailbox-reader.ts';
import { nextDueAt } from '../../../../core/pump/next-due.ts';
import { inMemoryMailbox } from '../../../support/in-memory/flow.ts';
import { NOW, waitingRecord } from '../../../support/records.ts';

const ID = 'sub_1';
const entry = (dueIn: number, given: Partial<WaitingDelivery> = {}) =>
  waitingRecord({ subscriptionId: ID, dueAt: NOW + dueIn, ...given });
const dueIn = (entries: readonly (WaitingDelivery | null)[]) =>
  entries.map((found) => found && found.dueAt - NOW);

let mailbox: Mailbox;
beforeEach(() => {
  mailbox = inMemoryMailbox();
});

describe('the reader of a mailbox', () => {
  const readAll = async (reader: MailboxReader, until: number | null) => {
    const entries: WaitingDelivery[] = [];
    for (;;) {
      const next = await reader.next(until);
      if (next === null) return entries;
      entries.push(next);
    }
  };

  it('returns the entries of all four parts in the order of their due times', async () => {
    const times = Array.from({ length: 500 }, (_, n) => -((n * 7919) % 500) - 1);
    await mailbox.write(times.map((time) => entry(time)));
    const found = dueIn(await readAll(new MailboxReader(mailbox, ID, () => true), NOW));
    expect(found).toEqual(times.toSorted((a, b) => a - b));
  });

  it('returns what is due until a time, inclusive', async () => {
    await mailbox.write([entry(-1), entry(0), entry(1)]);
    const reader = new MailboxReader(mailbox, ID, () => true);
    expect(dueIn(await readAll(reader, NOW))).toEqual([-1, 0]);
  });

  it('returns everything after a time, exclusive', async () => {
    await mailbox.write([entry(-1), entry(0), entry(1), entry(3_600_000)]);
    const reader = new MailboxReader(mailbox, ID, () => true, NOW);
    expect(dueIn(await readAll(reader, null))).toEqual([1, 3_600_000]);
  });

  it('looks behind the pages that have nothing wanted', async () => {
    await mailbox.write(Array.from({ length: 1000 }, (_, n) => entry(n)));
    const reader = new MailboxReader(mailbox, ID, ({ dueAt }) => dueAt === NOW + 999);
    expect(dueIn(await readAll(reader, null))).toEqual([999]);
  });

  it('reads a part again only when it starts over', async () => {
    await mailbox.write([entry(5)]);
    const reader = new MailboxReader(mailbox, ID, () => true);
    await readAll(reader, null);
    await mailbox.write([entry(1)]);
    expect(await reader.next(null)).toBeNull();
    reader.startOver();
    expect(dueIn(await readAll(reader, null))).toEqual([1, 5]);
  });

  it('reads pages of fifty, each once', async () => {
    await mailbox.write(Array.from({ length: 400 }, (_, n) => entry(n)));
    const reads: number[] = [];
    const counted: Pick<Mailbox, 'read'> = {
      read: async (id, part, range) => {
        const page = await mailbox.read(id, part, range);
        if (page.items.length > 0) reads.push(page.items.length);
        return page;
      },
    };
    expect(await readAll(new MailboxReader(counted, ID, () => true), null)).toHaveLength(400);
    expect(Math.max(...reads)).toBe(50);
    expect(reads.reduce((sum, count) => sum + count)).toBe(400);
  });
});

describe('the feed of a turn', () => {
  const feedOf = (pull: FlowState['pull'] = null) => new MailboxFeed(mailbox, ID, pull, NOW);
  const takeAll = async (feed: MailboxFeed, now = NOW) => {
    const entries: WaitingDelivery[] = [];
    for (;;) {
      const next = await feed.take(now);
      if (next === null) return entries;
      entries.push(next);
    }
  };

  it('has each entry once, although a read still returns it', async () => {
    await mailbox.write([entry(-2), entry(-1)]);
    const feed = feedOf();
    expect(dueIn(await takeAll(feed))).toEqual([-2, -1]);
    expect(await takeAll(feed, NOW + 10_000)).toEqual([]);
  });

  it('has the next attempt of an entry, and another replay of its event', async () => {
    const first = entry(-1);
    await mailbox.write([first]);
    const feed = feedOf();
    await takeAll(feed);
    const replay = { id: 'job_1', requestedAt: first.acceptedAt, after: 1 };
    await mailbox.write([
      { ...first, dueAt: NOW + 100, number: 2 },
      { ...first, replay },
    ]);
    expect((await takeAll(feed, NOW + 1000)).map(({ number, replay }) => [number, replay?.id])).toEqual([
      [1, 'job_1'],
      [2, undefined],
    ]);
  });

  it('has an entry that was put before those that were read, within 250 ms', async () => {
    await mailbox.write([entry(-1)]);
    const feed = feedOf();
    await takeAll(feed);
    await mailbox.write([entry(-5)]);
    expect(await feed.take(NOW + 249)).toBeNull();
    expect(await feed.take(NOW + 250)).toMatchObject({ dueAt: NOW - 5 });
  });

  it('has what falls due meanwhile, within 250 ms', async () => {
    await mailbox.write([entry(-1), entry(100)]);
    const feed = feedOf();
    expect(dueIn(await takeAll(feed))).toEqual([-1]);
    expect(dueIn(await takeAll(feed, NOW + 250))).toEqual([100]);
  });

  it('reads no more than every 250 ms once nothing is due', async () => {
    let reads = 0;
    const counted: Pick<Mailbox, 'read'> = {
      read: async (...range) => {
        reads++;
        return mailbox.read(...range);
      },
    };
    const feed = new MailboxFeed(counted, ID, null, NOW);
    await feed.take(NOW);
    const before = reads;
    for (let ms = 1; ms < 250; ms++) await feed.take(NOW + ms);
    expect(reads).toBe(before);
    await feed.take(NOW + 250);
    expect(reads).toBe(before + 4);
  });

  describe('that pulls', () => {
    const failed = (time: number, failedIn: number, outage: boolean) =>
      entry(time, { number: 2, failedAt: NOW + failedIn, outage });

    it('what an outage delayed, after what is due, in the order of the due times', async () => {
      await mailbox.write([
        failed(7_200_000, -10, true),
        failed(3_600_000, -10, true),
        failed(60_000, -10, false),
        entry(-1),
        failed(-2, -10, false),
      ]);
      const feed = feedOf({ before: NOW, what: 'outages' });
      expect(dueIn(await takeAll(feed))).toEqual([-2, -1, 3_600_000, 7_200_000]);
    });

    it('all, if someone asked for it', async () => {
      await mailbox.write([failed(60_000, -10, false), failed(90_000, -10, true), entry(120_000)]);
      const feed = feedOf({ before: NOW, what: 'all' });
      expect(dueIn(await takeAll(feed))).toEqual([60_000, 90_000, 120_000]);
    });

    it.each(['outages', 'all'] as const)(
      'nothing that has failed since it was asked for (%s)',
      async (what) => {
        await mailbox.write([failed(60_000, 0, true), failed(70_000, 1, true)]);
        expect(dueIn(await takeAll(feedOf({ before: NOW, what })))).toEqual([60_000]);
      },
    );

    it('nothing twice, not even when a pulled entry falls due', async () => {
      await mailbox.write([failed(100, -10, true)]);
      const feed = feedOf({ before: NOW, what: 'outages' });
      expect(dueIn(await takeAll(feed))).toEqual([100]);
      expect(await takeAll(feed, NOW + 10_000)).toEqual([]);
    });

    it('nothing twice that was read to be pulled before it fell due', async () => {
      await mailbox.write([failed(60, -10, true), failed(100, -10, true), failed(70_000, -10, true)]);
      const feed = feedOf({ before: NOW, what: 'outages' });
      expect(await feed.take(NOW)).toMatchObject({ dueAt: NOW + 60 });
      expect(dueIn(await takeAll(feed, NOW + 300))).toEqual([100, 70_000]);
    });

    it('what falls due meanwhile before what is pulled', async () => {
      await mailbox.write([entry(-1), failed(60_000, -10, true), failed(70_000, -10, true)]);
      const feed = feedOf({ before: NOW, what: 'outages' });
      expect(dueIn([await feed.take(NOW), await feed.take(NOW)])).toEqual([-1, 60_000]);
      await mailbox.write([entry(200)]);
      expect(dueIn(await takeAll(feed, NOW + 300))).toEqual([200, 70_000]);
    });
  });
});

describe('the next due time of a mailbox', () => {
  it('is that of the first entry of any part', async () => {
    expect(await nextDueAt(mailbox, ID, { ordering: 'none' }, NOW)).toBeNull();
    for (const [index, dueAt] of [40, 20, 30, 10].entries())
      await mailbox.write([entry(dueAt, { eventId: `evt_${index}` })]);
    expect(await nextDueAt(mailbox, ID, { ordering: 'none' }, NOW)).toBe(NOW + 10);
  });
});
