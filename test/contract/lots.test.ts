import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { attemptId } from '../../core/domain/attempt.ts';
import { type Event, LOT_SPAN_MS } from '../../core/domain/event.ts';
import type { JsonText } from '../../core/domain/json-text.ts';
import type { RecordedAttempt } from '../../core/ports.ts';
import { startTable } from '../support/engines.ts';
import { readAll, testTime } from '../support/on-both.ts';
import { attemptRecord, eventRecord, NOW, toldAttempt, unique } from '../support/records.ts';

let running: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  running = await startTable(() => testTime.now);
});
afterAll(() => running.stop());
beforeEach(() => {
  testTime.now = NOW;
});
const events = () => eventStore(running.table);
const attempts = () => attemptLog(running.table);

/** Stores a lot of events and enters them in the log, as fan-out does. */
async function putLot(given: Partial<Event>, acceptedAt: readonly number[]): Promise<Event[]> {
  const lot = unique('lot');
  const made = acceptedAt.map((at) => eventRecord({ lot, acceptedAt: new Date(at).toISOString(), ...given }));
  for (const event of made) await events().putOnce(event, event.id);
  await events().enter(made, false);
  return made;
}

/** A success of the first attempt for each, which belong together. */
function successes(of: readonly Event[], subscriptionId: string, part = 'part'): RecordedAttempt[] {
  return of.map((event, index) =>
    attemptRecord({
      id: attemptId({ event, subscriptionId, number: 1 }),
      eventId: event.id,
      subscriptionId,
      at: new Date(NOW + index).toISOString(),
      durationMs: index,
      lot: { id: event.lot ?? '', part },
    }),
  );
}

const told = (attempt: RecordedAttempt) => {
  const { lot: _, ...alone } = attempt;
  return toldAttempt(alone);
};

async function itemsWith(text: string): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await running.table.client.send(
    new ScanCommand({ TableName: running.table.tableName }),
  );
  return Items.filter((item) => JSON.stringify(item).includes(text));
}

describe('attempts of a lot', () => {
  it('are one item, and found by event, by subscription, one by one and as the last', async () => {
    const lot = await putLot({}, [NOW, NOW + 1, NOW + 2]);
    const [subscriptionId, other] = [unique('sub'), unique('sub')];
    const made = successes(lot, subscriptionId);
    await attempts().record([...made, ...successes(lot.slice(0, 2), other)]);
    expect(await itemsWith(subscriptionId)).toHaveLength(1);
    expect(await readAll((page) => attempts().ofSubscription(subscriptionId, page), 2)).toEqual(
      made.map(told).toReversed(),
    );
    for (const [index, event] of lot.entries()) {
      const attempt = made[index] as RecordedAttempt;
      const ofEvent = await readAll((page) => attempts().ofEvent('erp', event.id, page), 1);
      expect(ofEvent.map((each) => each.subscriptionId)).toEqual(
        index < 2 ? [other, subscriptionId].toSorted().toReversed() : [subscriptionId],
      );
      expect(ofEvent).toContainEqual(told(attempt));
      expect(await attempts().get('erp', attempt)).toEqual(told(attempt));
      expect(await attempts().get('erp', { ...attempt, id: 'att_other' })).toBeNull();
      expect(await attempts().last('erp', event.id, subscriptionId)).toMatchObject({
        number: 1,
        outcome: 'success',
        at: attempt.at,
      });
    }
    expect((await attempts().ofEvent('crm', lot[0]?.id ?? '', { limit: 9, cursor: null })).items).toEqual([]);
  });

  it('overwrite themselves when they are recorded again, and stand beside those of another message', async () => {
    const lot = await putLot({}, [NOW, NOW, NOW, NOW]);
    const subscriptionId = unique('sub');
    const [first, second] = [lot.slice(0, 2), lot.slice(2)];
    for (let times = 0; times < 2; times++)
      await attempts().record([
        ...successes(first, subscriptionId, 'first'),
        ...successes(second, subscriptionId, 'second'),
      ]);
    const all = await readAll((page) => attempts().ofSubscription(subscriptionId, page), 3);
    expect(all.map(({ eventId }) => eventId).toSorted()).toEqual(lot.map(({ id }) => id).toSorted());
  });

  it('stand beside the attempts that failed, their retries and replays', async () => {
    const lot = await putLot({}, [NOW, NOW + 1]);
    const [failed, fine] = lot as [Event, Event];
    const subscriptionId = unique('sub');
    const replay = { id: 'rpl_1', requestedAt: new Date(NOW).toISOString(), after: 1 };
    await attempts().record([
      ...successes([fine], subscriptionId),
      attemptRecord({
        eventId: failed.id,
        subscriptionId,
        outcome: 'failure',
        error: 'timeout',
        response: null,
      }),
      attemptRecord({ eventId: failed.id, subscriptionId, number: 2, at: new Date(NOW + 5).toISOString() }),
      attemptRecord({
        eventId: fine.id,
        subscriptionId,
        number: 2,
        replay,
        at: new Date(NOW + 6).toISOString(),
      }),
    ]);
    const numbers = async (event: Event) =>
      (await readAll((page) => attempts().ofEvent('erp', event.id, page), 1)).map(
        ({ number, outcome }) => `${number} ${outcome}`,
      );
    expect(await numbers(failed)).toEqual(['2 success', '1 failure']);
    expect(await numbers(fine)).toEqual(['2 success', '1 success']);
    expect((await attempts().last('erp', fine.id, subscriptionId))?.number).toBe(2);
    const { items } = await attempts().ofSubscription(
      subscriptionId,
      { limit: 10, cursor: null },
      { outcome: 'failure' },
    );
    expect(items.map(({ eventId }) => eventId)).toEqual([failed.id]);
  });

  it('take a write unit for five of them, however large they are, and keep the beginning of what is cut', async () => {
    const lot = await putLot({ type: 'invoice.status.updated' }, Array(10).fill(NOW));
    const subscriptionId = unique('sub');
    const body = (n: number) => `${n} ${crypto.randomUUID().repeat(60)}`;
    const large = successes(lot, subscriptionId).map((attempt, n) => ({
      ...attempt,
      request: { ...attempt.request, url: `https://example.com/${'x'.repeat(3000)}`, body: body(n) },
      response: { status: 200, headers: { 'x-request-id': crypto.randomUUID() }, body: body(n) },
    }));
    await attempts().record(large);
    const [item] = await itemsWith(subscriptionId);
    const bytes = Object.entries(item ?? {}).reduce(
      (sum, [name, value]) =>
        sum + name.length + (value instanceof Uint8Array ? value.length : String(value).length),
      0,
    );
    expect(bytes).toBeLessThanOrEqual(2048);
    expect(bytes).toBeGreaterThan(1024);
    const { items } = await attempts().ofSubscription(subscriptionId, { limit: 10, cursor: null });
    expect(items).toHaveLength(10);
    for (const { request, response } of items) {
      expect(response?.status).toBe(200);
      expect(request.url).toMatch(/^https:\/\/example\.com\/x+…$/);
    }
  });
});

describe('events of a lot', () => {
  it('are found by id, with what they are', async () => {
    const [event] = await putLot({ data: '{"n":1.10}' as JsonText, source: '/a' }, [NOW, NOW + 1]);
    expect(await events().get('erp', event?.id ?? '')).toEqual(event);
    expect(await events().putOnce(event as Event, 'another')).toBe('duplicate');
    expect(await events().putOnce({ ...(event as Event), source: '/b' }, 'another')).toBe('conflict');
  });

  it('are entered once, whatever was entered of them before', async () => {
    const project = unique('p');
    const made = await putLot({ project }, [NOW, NOW + 1]);
    const lot = made[0]?.lot as string;
    const late = eventRecord({ project, lot, acceptedAt: new Date(NOW + 2).toISOString() });
    await events().putOnce(late, 'late');
    for (let times = 0; times < 2; times++) await events().enter([...made, late], true);
    const listed = await readAll((page) => events().list(project, {}, page), 1);
    expect(listed.map(({ id }) => id)).toEqual([...made, late].map(({ id }) => id).toReversed());
  });

  it('are gone from the log when their retention ends', async () => {
    const project = unique('p');
    await putLot({ project, expiresAt: NOW + 60_000 }, [NOW, NOW + 1]);
    testTime.now = NOW + 60_000;
    expect((await events().list(project, {}, { limit: 9, cursor: null })).items).toEqual([]);
  });
});

describe('a log of lots and of events that came alone', () => {
  const HOUR = 3_600_000;
  const logs = fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: HOUR }),
      more: fc.array(fc.integer({ min: 0, max: LOT_SPAN_MS })),
    }),
    { minLength: 1, maxLength: 15 },
  );

  async function make(
    project: string,
    log: readonly { at: number; more: readonly number[] }[],
  ): Promise<Event[]> {
    const made: Event[] = [];
    for (const { at, more } of log) {
      const type = at % 2 === 0 ? 'a' : 'b';
      if (more.length > 0) {
        made.push(
          ...(await putLot(
            { project, type },
            [at, ...more.map((ms) => at + ms)].map((ms) => NOW + ms),
          )),
        );
        continue;
      }
      const event = eventRecord({ project, type, acceptedAt: new Date(NOW + at).toISOString() });
      await events().putOnce(event, event.id);
      made.push(event);
    }
    return made;
  }

  it('has each event once, whatever the order, the limit, the type and the time asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        logs,
        fc.constantFrom('newest first' as const, 'oldest first' as const),
        fc.integer({ min: 1, max: 12 }),
        fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
        fc.option(fc.tuple(fc.nat(HOUR), fc.nat(HOUR)), { nil: undefined }),
        async (log, order, limit, type, span) => {
          const project = unique('p');
          const made = await make(project, log);
          const [from, to] = span === undefined ? [] : span.toSorted((a, b) => a - b);
          const since = from === undefined ? undefined : new Date(NOW + from).toISOString();
          const until = to === undefined ? undefined : new Date(NOW + to).toISOString();
          const listed = await readAll(
            (page) => events().list(project, { order, type, since, until }, page),
            limit,
          );
          const wanted = made.filter(
            (event) =>
              (type === undefined || event.type === type) &&
              event.acceptedAt >= (since ?? '') &&
              event.acceptedAt <= (until ?? '~'),
          );
          expect(listed.map(({ id }) => id).toSorted()).toEqual(wanted.map(({ id }) => id).toSorted());
          // In order, but for what came within the span of a lot.
          const times = listed.map(({ acceptedAt }) => Date.parse(acceptedAt));
          for (const [index, time] of times.slice(1).entries()) {
            const step = time - (times[index] as number);
            expect(order === 'oldest first' ? -step : step).toBeLessThanOrEqual(LOT_SPAN_MS);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('of attempts has each once, whatever the limit', async () => {
    await fc.assert(
      fc.asyncProperty(logs, fc.integer({ min: 1, max: 12 }), async (log, limit) => {
        const subscriptionId = unique('sub');
        const made = log.flatMap(({ at, more }) => {
          const lot = { id: unique('lot'), part: 'part' };
          return [at, ...more.map((ms) => at + ms)].map((ms) =>
            attemptRecord({
              eventId: unique('evt'),
              subscriptionId,
              at: new Date(NOW + ms).toISOString(),
              ...(more.length > 0 && { lot }),
            }),
          );
        });
        await attempts().record(made);
        const listed = await readAll((page) => attempts().ofSubscription(subscriptionId, page), limit);
        expect(listed.map(({ eventId }) => eventId).toSorted()).toEqual(
          made.map(({ eventId }) => eventId).toSorted(),
        );
      }),
      { numRuns: 40 },
    );
  });
});
