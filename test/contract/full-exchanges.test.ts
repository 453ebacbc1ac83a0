import { randomBytes } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { exchangeCounts } from '../../core/adapters/dynamodb/exchange-counts.ts';
import { KEY } from '../../core/adapters/dynamodb/keys.ts';
import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import { FullExchanges } from '../../core/deliver/full-exchanges.ts';
import { attemptId } from '../../core/model/attempt.ts';
import type { RecordedAttempt } from '../../core/ports/attempt-log.ts';
import type { ExchangeCounts } from '../../core/ports/exchange-counts.ts';
import { startTable } from '../support/engines.ts';
import { inMemoryDataKeys } from '../support/in-memory/data-keys.ts';
import { inMemoryExchangeCounts } from '../support/in-memory/exchange-counts.ts';
import { silentLog } from '../support/in-memory/log.ts';
import { onBoth } from '../support/on-both.ts';
import { attemptRecord, eventRecord, NOW, unique } from '../support/records.ts';

onBoth<ExchangeCounts>(
  'counts of exchanges',
  { inMemory: inMemoryExchangeCounts, dynamodb: exchangeCounts },
  (open) => {
    it('add up by subscription and minute, and by project and day', async () => {
      const [one, other] = [unique('sub'), unique('sub')];
      expect(await open().addFailures(one, NOW, 3)).toBe(3);
      expect(await open().addFailures(one, NOW, 4)).toBe(7);
      expect(await open().addFailures(one, NOW + 60_000, 1)).toBe(1);
      expect(await open().addFailures(other, NOW, 1)).toBe(1);
      expect(await open().addBytes(one, NOW, 1024)).toBe(1024);
      expect(await open().addBytes(one, NOW, 1024)).toBe(2048);
      expect(await open().bytes(one, NOW)).toBe(2048);
      expect(await open().bytes(one, NOW + 86_400_000)).toBe(0);
    });
  },
);

describe('the exchange of an attempt', () => {
  let running: Awaited<ReturnType<typeof startTable>>;
  const time = { now: NOW };
  beforeAll(async () => {
    running = await startTable(() => time.now);
  });
  afterAll(() => running.stop());
  beforeEach(() => {
    time.now = NOW;
  });

  const sealing = (): DataTable => ({ ...running.table, dataKeys: inMemoryDataKeys(1) });
  const openLog = (table: DataTable = sealing()) =>
    attemptLog(
      table,
      new FullExchanges({
        exchangeCounts: exchangeCounts(table),
        limits: { loggedMegabytesPerDay: 100 },
        clock: () => time.now,
        log: silentLog,
      }),
    );
  const text = (bytes: number) => randomBytes(bytes).toString('base64').slice(0, bytes);
  /** A failure of which the compact form leaves something out. */
  const failure = (given: Partial<RecordedAttempt> = {}) =>
    attemptRecord({
      eventId: unique('evt'),
      subscriptionId: unique('sub'),
      request: {
        method: 'POST',
        url: 'https://example.com/hook',
        headers: Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`x-${n}`, text(100)])),
        body: text(16_384),
      },
      response: { status: 500, headers: { server: text(300) }, body: text(16_384) },
      outcome: 'failure',
      error: 'status',
      log: 'full',
      ...given,
    });
  const openedBy = (log: ReturnType<typeof attemptLog>, { project, eventId, id }: RecordedAttempt) =>
    log.ofId(project, eventId, id);
  const listed = async (log: ReturnType<typeof attemptLog>, { subscriptionId }: RecordedAttempt) =>
    (await log.ofSubscription(subscriptionId, { limit: 100, cursor: null })).items;
  const exchangeItem = async ({ project, eventId, id }: RecordedAttempt) => {
    const { client, tableName: TableName } = running.table;
    const Key = KEY.exchange(project, eventId, id);
    return (await client.send(new GetCommand({ TableName, Key, ReturnConsumedCapacity: 'TOTAL' }))).Item;
  };

  it.each([
    ['sealed', () => sealing()],
    ['as it is', () => running.table],
  ])('is kept in full, %s, and the lists say what they leave out', async (_, tableOf) => {
    const log = openLog(tableOf());
    const redirects = [
      { status: 302, method: 'GET', location: `https://example.com/${text(1000)}` },
    ] as const;
    const made = failure({ redirects });
    await log.record([made]);
    const [inList] = await listed(log, made);
    expect(inList?.redirects?.[0]?.location).toMatch(/…$/);
    expect(inList?.request.truncated).toMatch(
      /^the list leaves out \d+ bytes of the body, \d+ of 20 headers/,
    );
    expect(inList?.response?.truncated).toMatch(/^the list leaves out \d+ bytes of the body/);
    const { request, response } = made;
    const { project, eventId } = made;
    expect((await log.ofEvent(project, eventId, { limit: 9, cursor: null })).items).toEqual([inList]);
    expect(await openedBy(log, made)).toEqual({ ...inList, request, redirects, response });
    expect(await log.get(project, made)).toEqual({ ...inList, request, redirects, response });
  });

  it('is kept in full if the end of a redirect is all that is left out', async () => {
    const log = openLog();
    const location = `https://example.com/${text(1000)}`;
    const { request, response } = attemptRecord();
    const made = failure({ request, redirects: [{ status: 302, method: 'GET', location }], response });
    await log.record([made]);
    const [inList] = await listed(log, made);
    expect(inList?.request.truncated).toBe('the list leaves out ends of redirects');
    expect(inList?.response).not.toHaveProperty('truncated');
    const opened = await openedBy(log, made);
    expect(opened?.redirects).toEqual(made.redirects);
    expect(opened?.request).not.toHaveProperty('truncated');
  });

  it('has no item of its own if nothing is left out', async () => {
    const made = failure({ request: attemptRecord().request, response: attemptRecord().response });
    await openLog().record([made]);
    expect(await exchangeItem(made)).toBeUndefined();
    const opened = await openedBy(openLog(), made);
    expect(opened).toMatchObject({ request: made.request, response: made.response });
    expect(opened?.request).not.toHaveProperty('truncated');
  });

  it('is compact from the eleventh failure of a minute on', async () => {
    const one = failure();
    const made = Array.from({ length: 11 }, (_, n) =>
      failure({ subscriptionId: one.subscriptionId, number: n + 1 }),
    );
    await openLog().record(made);
    const opened = await Promise.all(made.map((each) => openedBy(openLog(), each)));
    const whole = opened.filter((each) => each?.request.truncated === undefined);
    expect(whole).toHaveLength(10);
    const [cut] = opened.filter((each) => each?.request.truncated !== undefined);
    expect(cut?.request.truncated).toMatch(/^left out because 10 of this minute are in full: \d+ bytes/);
    expect(cut?.response?.truncated).toMatch(/^left out because 10 of this minute are in full: /);
  });

  it('of a success is compact, and says what is left out', async () => {
    const made = failure({ outcome: 'success', error: null, log: 'compact' });
    await openLog().record([made]);
    expect(await exchangeItem(made)).toBeUndefined();
    expect((await openedBy(openLog(), made))?.response?.truncated).toMatch(
      /^left out: \d+ bytes of the body/,
    );
  });

  it('is kept in full of each success of an event batch', async () => {
    const subscriptionId = unique('sub');
    const eventBatch = { id: unique('lot'), part: 'part' };
    const events = Array.from({ length: 3 }, () => eventRecord({ eventBatch: eventBatch.id }));
    for (const event of events) await eventStore(running.table).putOnce(event, 'message');
    const made = events.map((event) =>
      failure({
        ...{ subscriptionId, eventId: event.id, eventBatch, outcome: 'success', error: null },
        id: attemptId({ event, subscriptionId, number: 1 }),
      }),
    );
    await openLog().record(made);
    const inList = await listed(openLog(), made[0] as RecordedAttempt);
    expect(inList.map(({ request }) => request.truncated)).toEqual(
      Array(3).fill(expect.stringMatching(/^the list leaves out /)),
    );
    for (const each of made) {
      const { request, response } = each;
      expect(await openedBy(openLog(), each)).toMatchObject({ id: each.id, request, response });
    }
  });

  it('is compact as long as version 0.1 may have to read it', async () => {
    const made = failure();
    await attemptLog(running.table).record([made]);
    expect(await exchangeItem(made)).toBeUndefined();
    expect((await openedBy(openLog(), made))?.request.truncated).toMatch(/^left out: /);
  });

  it('is read in full after its stage went back to the format of version 0.1', async () => {
    const made = failure();
    await openLog().record([made]);
    expect((await openedBy(attemptLog(sealing()), made))?.request).toEqual(made.request);
  });

  it('is gone with its attempt', async () => {
    const made = failure({ expiresAt: NOW + 60_000 });
    await openLog().record([made]);
    expect(await exchangeItem(made)).toMatchObject({ expiresAt: (NOW + 60_000) / 1000 });
    time.now = NOW + 60_000;
    expect(await openedBy(openLog(), made)).toBeNull();
  });

  it('fits into an item, whatever it contains', async () => {
    const byte = (n: number) => String.fromCharCode(n);
    for (const character of [byte(0), byte(1), '"', '\ufffd', '😀', byte(0xd800)]) {
      const body = character.repeat(16_384);
      const made = failure({ response: { status: 500, headers: { a: text(16_000) }, body } });
      await openLog().record([made]);
      expect((await openedBy(openLog(), made))?.response?.body).toBe(body);
    }
  });
});
