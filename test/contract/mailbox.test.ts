import { describe, expect, it } from 'vitest';
import { mailbox } from '../../core/adapters/dynamodb/mailbox.ts';
import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import { placeOf } from '../../core/model/event-order.ts';
import type { WaitingDelivery } from '../../core/model/waiting-delivery.ts';
import {
  type KeyMark,
  MAILBOX_PARTS,
  type Mailbox,
  type MailboxRange,
  type MailedEvent,
} from '../../core/ports/mailbox.ts';
import type { Page } from '../../core/ports/page.ts';
import { inMemoryMailbox } from '../support/in-memory/flow.ts';
import { onBoth } from '../support/on-both.ts';
import { readAll } from '../support/pages.ts';
import { NOW, unique, waitingRecord } from '../support/records.ts';

const adapters = {
  inMemory: (): Mailbox => inMemoryMailbox(),
  dynamodb: (table: DataTable): Mailbox => mailbox(table),
};

const ALL = { after: null, until: null, limit: 1000 };
const PARTS = Array.from({ length: MAILBOX_PARTS }, (_, part) => part);
const isoAt = (time: number) => new Date(time).toISOString();

onBoth('a mailbox', adapters, (open) => {
  const made = (
    subscriptionId: string,
    count: number,
    given: (n: number) => Partial<WaitingDelivery> = () => ({}),
  ) =>
    Array.from({ length: count }, (_, n) => waitingRecord({ subscriptionId, dueAt: NOW + n, ...given(n) }));
  const listed = (subscriptionId: string, limit = 100) =>
    readAll((page) => open().list(subscriptionId, page), limit);
  const readPart = async (subscriptionId: string, part: number, range: MailboxRange) => {
    const found: WaitingDelivery[] = [];
    let after = range.after;
    do {
      const page = await open().read(subscriptionId, part, { ...range, after });
      expect(page.items.length).toBeLessThanOrEqual(range.limit);
      found.push(...page.items);
      after = page.cursor;
    } while (after !== null);
    return found;
  };

  it('returns entries as they were put, each in one part', async () => {
    const id = unique('sub');
    const replay = { id: unique('rpl'), requestedAt: isoAt(NOW), after: 2 };
    const entries = [
      waitingRecord({ subscriptionId: id, dueAt: NOW, failedAt: NOW - 1000, outage: true }),
      waitingRecord({ subscriptionId: id, dueAt: NOW + 1, replay, number: 7 }),
      ...made(id, 30, (n) => ({ dueAt: NOW + 10 + n })),
    ];
    await open().write(entries);
    const parts = await Promise.all(PARTS.map((part) => readPart(id, part, ALL)));
    expect(parts.flat().toSorted((a, b) => a.dueAt - b.dueAt)).toEqual(entries);
    expect(parts.filter((part) => part.length > 0).length).toBeGreaterThan(1);
    expect(await listed(unique('sub'))).toEqual([]);
  });

  it('has an entry once, however often it is put, as it was put last', async () => {
    const id = unique('sub');
    const entry = waitingRecord({ subscriptionId: id });
    await open().write([entry, entry]);
    await open().write([{ ...entry, number: 9 }, entry, { ...entry, number: 5 }]);
    expect(await listed(id)).toEqual([{ ...entry, number: 5 }]);
    const replay = { id: 'rpl_1', requestedAt: isoAt(NOW), after: 0 };
    await open().write([
      { ...entry, replay },
      { ...entry, replay: { ...replay, id: 'rpl_2' } },
    ]);
    expect(await listed(id)).toHaveLength(3);
  });

  it('removes entries, which may be repeated, and puts what is to be put and removed', async () => {
    const id = unique('sub');
    const entries = made(id, 60);
    await open().write(entries);
    await open().write([], entries.slice(0, 57));
    await open().write([], entries.slice(0, 57));
    expect(await listed(id)).toEqual(entries.slice(57));
    const [last] = entries.slice(-1) as [WaitingDelivery];
    const later = { ...last, number: 2, dueAt: NOW + 5000 };
    await open().write([later], [last]);
    await open().write([{ ...later, number: 3 }], [later]);
    await open().write([], []);
    expect(await listed(id)).toEqual([...entries.slice(57, 59), { ...later, number: 3 }]);
  });

  it.each([1, 3, 1000])('is read in the order of due times, in pages of %d', async (limit) => {
    const id = unique('sub');
    const entries = made(id, 40, (n) => ({ dueAt: NOW + ((n * 7) % 40) * 1000 }));
    await open().write(entries);
    for (const part of PARTS) {
      const times = (await readPart(id, part, { ...ALL, limit })).map(({ dueAt }) => dueAt);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
    const last = PARTS.map((part) => readPart(id, part, ALL));
    for (const [part, all] of (await Promise.all(last)).entries()) {
      const range = { ...ALL, limit, order: 'last due first' } as const;
      const { items } = await open().read(id, part, range);
      expect(items).toEqual(all.toReversed().slice(0, limit));
    }
  });

  it('is read after a time, exclusive, and until a time, inclusive', async () => {
    const id = unique('sub');
    // Several are due at once, also at the ends of the range.
    const entries = made(id, 48, (n) => ({ dueAt: NOW + Math.floor(n / 8) }));
    await open().write(entries);
    const between = async (after: number | null, until: number | null) => {
      const parts = await Promise.all(PARTS.map((part) => readPart(id, part, { after, until, limit: 2 })));
      return parts.flat().map(({ dueAt }) => dueAt - NOW);
    };
    expect((await between(NOW + 1, NOW + 3)).toSorted()).toEqual([...Array(8).fill(2), ...Array(8).fill(3)]);
    expect(await between(NOW + 5, null)).toEqual([]);
    expect(await between(NOW + 3, NOW + 3)).toEqual([]);
    expect(await between(NOW + 3, NOW + 1)).toEqual([]);
    expect(await between(null, NOW - 1)).toEqual([]);
    expect(await between(null, NOW)).toHaveLength(8);
    expect(await between(NOW - 1, null)).toHaveLength(48);
  });

  it('is read on from a cursor, even if its entry is gone and others came', async () => {
    const id = unique('sub');
    const entries = made(id, 40);
    await open().write(entries);
    const parts = await Promise.all(PARTS.map((part) => readPart(id, part, ALL)));
    const part = parts.findIndex((all) => all.length >= 4);
    const [first, second, ...others] = parts[part] as [
      WaitingDelivery,
      WaitingDelivery,
      ...WaitingDelivery[],
    ];
    const page = await open().read(id, part, { ...ALL, limit: 2 });
    expect(page.items).toEqual([first, second]);
    const early = { ...first, dueAt: NOW - 500 };
    await open().write([early], [first, second]);
    expect(await readPart(id, part, { ...ALL, after: page.cursor, limit: 1 })).toEqual(others);
    expect((await readPart(id, part, ALL))[0]).toEqual(early);
    // A cursor beyond the range has nothing left in it.
    expect(await open().read(id, part, { after: page.cursor, until: NOW - 1, limit: 9 })).toEqual({
      items: [],
      cursor: null,
    });
  });

  it('knows whether a first attempt waits', async () => {
    const acceptedAt = isoAt(NOW);
    const first = waitingRecord({ number: 1, acceptedAt, dueAt: NOW });
    const event = { id: first.eventId, acceptedAt };
    const hasFirst = (of: MailedEvent = event) => open().hasFirst(first.subscriptionId, of);
    const replay = { id: 'rpl_1', requestedAt: acceptedAt, after: 0 };
    expect(await hasFirst()).toBe(false);
    await open().write([
      { ...first, replay },
      { ...first, number: 2, dueAt: NOW + 1 },
    ]);
    expect(await hasFirst()).toBe(false);
    await open().write([first]);
    expect(await hasFirst()).toBe(true);
    expect(await hasFirst({ ...event, id: 'another' })).toBe(false);
    await open().write([], [first]);
    expect(await hasFirst()).toBe(false);

    const keyed = { ...event, orderingKey: 'a', order: NOW * 1000 + 3 };
    const ordered = { ...first, dueAt: NOW + 2000, ordered: placeOf(keyed) };
    await open().write([{ ...ordered, replay }]);
    expect(await hasFirst(keyed)).toBe(false);
    await open().write([ordered]);
    expect(await hasFirst(keyed)).toBe(true);
    expect(await hasFirst({ ...keyed, orderingKey: 'b' })).toBe(false);
    await open().write([{ ...ordered, number: 2, dueAt: NOW + 9000 }]);
    expect(await hasFirst(keyed)).toBe(false);
  });

  describe('with ordered entries', () => {
    const inQueue = (
      subscriptionId: string,
      key: string,
      order: number,
      given: Partial<WaitingDelivery> = {},
    ) => waitingRecord({ subscriptionId, dueAt: NOW + order, ordered: { key, order }, ...given });
    const queued = (subscriptionId: string, key: string, limit = 100) =>
      readAll((page) => open().queue(subscriptionId, key, page), limit);
    const marksOf = async (subscriptionId: string, range: Partial<MailboxRange> = {}) => {
      const all = PARTS.map((part) => open().marks(subscriptionId, part, { ...ALL, ...range }));
      return (await Promise.all(all)).flatMap(({ items }) => items);
    };

    it.each([1, 3, 100])('has those of a key in their order, in pages of %d', async (limit) => {
      const id = unique('sub');
      const orders = [7, 3, 900_000_000_000_000_0, 5, 1, 12];
      const entries = orders.map((order) => inQueue(id, 'a', order));
      await open().write([
        ...entries,
        inQueue(id, 'a#', 2),
        inQueue(id, '', 2),
        inQueue(unique('sub'), 'a', 2),
      ]);
      const found = await queued(id, 'a', limit);
      expect(found).toEqual(entries.toSorted((x, y) => (x.ordered?.order ?? 0) - (y.ordered?.order ?? 0)));
      expect(await queued(id, 'b', limit)).toEqual([]);
      expect(await queued(id, '', limit)).toHaveLength(1);
    });

    it('keeps the place of an entry from attempt to attempt, also beside its replay', async () => {
      const id = unique('sub');
      const replay = { id: 'rpl_1', requestedAt: isoAt(NOW), after: 2 };
      const [first, second] = [inQueue(id, 'a', 1), inQueue(id, 'a', 2)];
      await open().write([first, second, { ...first, replay }]);
      const retry = { ...first, number: 2, dueAt: NOW + 60_000, failedAt: NOW, outage: true };
      await open().write([retry]);
      expect(await queued(id, 'a')).toEqual([retry, { ...first, replay }, second]);
      await open().write([], [retry]);
      expect(await queued(id, 'a')).toEqual([{ ...first, replay }, second]);
    });

    it('counts and lists them after the others, and reads them only by their keys', async () => {
      const id = unique('sub');
      const unordered = made(id, 20);
      const ordered = ['a', 'b', 'c'].flatMap((key) => [1, 2, 3].map((order) => inQueue(id, key, order)));
      await open().write([...ordered, ...unordered]);
      expect(await open().count(id, 100)).toBe(29);
      for (const limit of [1, 4, 100]) {
        const all = await listed(id, limit);
        expect(all.slice(0, 20)).toEqual(unordered);
        const keys = Map.groupBy(all.slice(20), (entry) => entry.ordered?.key);
        expect([...keys.values()].map((of) => of.map((entry) => entry.ordered?.order))).toEqual(
          Array(3).fill([1, 2, 3]),
        );
      }
      for (const order of ['first due first', 'last due first'] as const) {
        const parts = PARTS.map((part) => open().read(id, part, { ...ALL, order }));
        expect((await Promise.all(parts)).flatMap(({ items }) => items)).toHaveLength(20);
      }
    });

    it('marks the key of what is put, once, and anew each time', async () => {
      const id = unique('sub');
      await open().write([inQueue(id, 'a', 1), inQueue(id, 'a', 2), inQueue(id, '', 1)]);
      const before = await marksOf(id);
      expect(
        before.map(({ key, dueAt }) => ({ key, dueAt })).toSorted((x, y) => (x.key < y.key ? -1 : 1)),
      ).toEqual([
        { key: '', dueAt: null },
        { key: 'a', dueAt: null },
      ]);
      await open().write([inQueue(id, 'a', 3)]);
      const mark = before.find(({ key }) => key === 'a') as KeyMark;
      await open().unmark(id, mark);
      const [after] = (await marksOf(id)).filter(({ key }) => key === 'a') as [KeyMark];
      expect(after.stamp).not.toBe(mark.stamp);
      await open().unmark(id, after);
      await open().unmark(id, after);
      expect((await marksOf(id)).map(({ key }) => key)).toEqual(['']);
    });

    it('has marks without a time first, then those with one by their times', async () => {
      const id = unique('sub');
      const keys = Array.from({ length: 30 }, (_, n) => `k${n}`);
      await open().write(keys.map((key) => inQueue(id, key, 1)));
      const marked: KeyMark[] = [];
      for (const [n, key] of keys.entries())
        marked.push(
          await open().mark(id, { key, dueAt: NOW + 30 - n, failedAt: NOW + n, outage: n % 2 === 0 }),
        );
      expect(await marksOf(id)).toHaveLength(60);
      expect(await marksOf(id, { until: NOW })).toHaveLength(30);
      const timed = await marksOf(id, { after: NOW + 10, until: NOW + 12 });
      expect(timed.toSorted((x, y) => (x.dueAt ?? 0) - (y.dueAt ?? 0))).toEqual([marked[19], marked[18]]);
      for (const part of PARTS) {
        const { items } = await open().marks(id, part, ALL);
        const times = items.map(({ dueAt }) => dueAt ?? 0);
        expect(times).toEqual(times.toSorted((x, y) => x - y));
        const paged: KeyMark[] = [];
        let after: string | null = null;
        do {
          const page: Page<KeyMark> = await open().marks(id, part, { ...ALL, after, limit: 2 });
          paged.push(...page.items);
          after = page.cursor;
        } while (after !== null);
        expect(paged).toEqual(items);
        const last = await open().marks(id, part, { ...ALL, limit: 1, order: 'last due first' });
        expect(last.items).toEqual(items.slice(-1));
      }
    });
  });

  it('counts its entries up to a number', async () => {
    const id = unique('sub');
    expect(await open().count(id, 10)).toBe(0);
    await open().write(made(id, 37));
    expect(await open().count(id, 100)).toBe(37);
    expect(await open().count(id, 37)).toBe(37);
    expect(await open().count(id, 9)).toBe(9);
  });

  it.each([1, 2, 7, 100])(
    'lists its entries over all parts, the first due first, in pages of %d',
    async (limit) => {
      const id = unique('sub');
      const entries = made(id, 33, (n) => ({ dueAt: NOW + ((n * 5) % 33) * 500 }));
      await open().write(entries);
      expect(await listed(id, limit)).toEqual(entries.toSorted((a, b) => a.dueAt - b.dueAt));
    },
  );

  it.each([1, 3, 100])('lists what was requested after a time, in full pages of %d', async (limit) => {
    const id = unique('sub');
    const replay = { id: unique('rpl'), requestedAt: isoAt(NOW + 50_000), after: 0 };
    const entries = made(id, 24, (n) => ({
      acceptedAt: isoAt(NOW + n * 1000),
      dueAt: NOW + n * 1000,
      ...(n === 1 && { replay }),
    }));
    await open().write(entries);
    const filter = { requestedAfter: isoAt(NOW + 20_000) };
    const first = await open().list(id, { limit, cursor: null }, filter);
    expect(first.items).toHaveLength(Math.min(limit, 4));
    const wanted = [1, 21, 22, 23].map((n) => entries[n]);
    expect(await readAll((page) => open().list(id, page, filter), limit)).toEqual(wanted);
  });

  it('takes unusual event ids', async () => {
    const id = unique('sub');
    const ids = [
      'a#b',
      '#',
      'é✓😀',
      ' ',
      '"quoted"',
      'x'.repeat(256),
      'a',
      'a#',
      '\u{10ffff}',
      '0',
      '\u{e000}',
    ];
    const entries = ids.map((eventId) => waitingRecord({ subscriptionId: id, eventId, dueAt: NOW }));
    await open().write(entries);
    for (const limit of [1, 4, 100]) {
      const found = (await listed(id, limit)).map(({ eventId }) => eventId);
      expect(found.toSorted()).toEqual(ids.toSorted());
      const parts = await Promise.all(PARTS.map((part) => readPart(id, part, { ...ALL, until: NOW, limit })));
      expect(
        parts
          .flat()
          .map(({ eventId }) => eventId)
          .toSorted(),
      ).toEqual(ids.toSorted());
    }
    const after = await Promise.all(PARTS.map((part) => readPart(id, part, { ...ALL, after: NOW })));
    expect(after.flat()).toEqual([]);
    await open().write([], entries.slice(1));
    expect(await listed(id)).toEqual(entries.slice(0, 1));
  });
});
