import { expect, it } from 'vitest';
import { mailbox } from '../../core/adapters/dynamodb/mailbox.ts';
import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import type { WaitingDelivery } from '../../core/model/waiting-delivery.ts';
import { MAILBOX_PARTS, type Mailbox, type MailboxRange } from '../../core/ports/mailbox.ts';
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
    const replay = { id: 'rpl_1', requestedAt: acceptedAt, after: 0 };
    expect(await open().hasFirst(first)).toBe(false);
    await open().write([
      { ...first, replay },
      { ...first, number: 2, dueAt: NOW + 1 },
    ]);
    expect(await open().hasFirst(first)).toBe(false);
    await open().write([first]);
    expect(await open().hasFirst(first)).toBe(true);
    expect(await open().hasFirst({ ...first, eventId: 'another' })).toBe(false);
    await open().write([], [first]);
    expect(await open().hasFirst(first)).toBe(false);
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
