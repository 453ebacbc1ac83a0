import { randomBytes } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import type { JsonText } from '../../core/kernel/json-text.ts';
import { attemptId } from '../../core/model/attempt.ts';
import { EVENT_BATCH_SPAN_MS, type Event } from '../../core/model/event.ts';
import type { RecordedAttempt } from '../../core/ports/attempt-log.ts';
import { startTable } from '../support/engines.ts';
import { testTime } from '../support/on-both.ts';
import { readAll } from '../support/pages.ts';
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

/** Store an event batch and append it to the log, as fan-out does. */
async function putEventBatch(given: Partial<Event>, acceptedAt: readonly number[]): Promise<Event[]> {
  const eventBatch = unique('lot');
  const made = acceptedAt.map((at) =>
    eventRecord({ eventBatch, acceptedAt: new Date(at).toISOString(), ...given }),
  );
  for (const event of made) await events().putOnce(event, event.id);
  await events().append(made, false);
  return made;
}

/** Return a successful first attempt of each event, recorded together. */
function successes(of: readonly Event[], subscriptionId: string, part = 'part'): RecordedAttempt[] {
  return of.map((event, index) =>
    attemptRecord({
      id: attemptId({ event, subscriptionId, number: 1 }),
      eventId: event.id,
      subscriptionId,
      at: new Date(NOW + index).toISOString(),
      durationMs: index,
      eventBatch: { id: event.eventBatch ?? '', part },
    }),
  );
}

const told = (attempt: RecordedAttempt) => {
  const { eventBatch: _, ...alone } = attempt;
  return toldAttempt(alone);
};

async function itemsWith(text: string): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await running.table.client.send(
    new ScanCommand({ TableName: running.table.tableName }),
  );
  return Items.filter((item) => JSON.stringify(item).includes(text));
}

/** Read the pages of a list, which must end. */
async function pages<Item>(list: Parameters<typeof readAll<Item>>[0], limit: number): Promise<Item[][]> {
  const read: Item[][] = [];
  await readAll<Item>(async (page) => {
    if (read.length === 50) throw new Error('The list has no end.');
    const answer = await list(page);
    read.push([...answer.items]);
    return answer;
  }, limit);
  return read;
}

describe('attempts of an event batch', () => {
  it.each([1, 3])(
    'keep the redirects that were followed, cut like other URLs: %i together',
    async (count) => {
      const eventBatch = await putEventBatch({}, Array(count).fill(NOW));
      const subscriptionId = unique('sub');
      const long = `https://example.com/${randomBytes(2000).toString('hex')}`;
      const redirects = [
        { status: 302, method: 'GET', location: 'https://example.com/done' },
        { status: 307, method: 'GET', location: long },
      ] as const;
      await attempts().record(successes(eventBatch, subscriptionId).map((made) => ({ ...made, redirects })));
      const { items } = await attempts().ofSubscription(subscriptionId, { limit: 10, cursor: null });
      expect(items).toHaveLength(count);
      for (const item of items) {
        expect(item.redirects).toMatchObject([redirects[0], { status: 307, method: 'GET' }]);
        const cut = item.redirects?.[1]?.location ?? '';
        expect(long.startsWith(cut.replace(/…$/, ''))).toBe(true);
        expect(cut.length).toBeLessThanOrEqual(513);
      }
      for (const item of await itemsWith(subscriptionId)) expect(item).not.toHaveProperty('redirects');
    },
  );

  it('are found by their own times, not by those of their item', async () => {
    const eventBatch = await putEventBatch({}, [NOW, NOW + 1, NOW + 2]);
    const subscriptionId = unique('sub');
    const made = successes(eventBatch, subscriptionId).map((attempt, index) => ({
      ...attempt,
      at: new Date(NOW + index * 60_000).toISOString(),
    }));
    await attempts().record(made);
    expect(await itemsWith(subscriptionId)).toHaveLength(1);
    const [first, second, third] = made.map(({ at }) => at);
    const of = async (filter: object) =>
      (await readAll((page) => attempts().ofSubscription(subscriptionId, page, filter), 1)).map(
        ({ at }) => at,
      );
    expect(await of({ until: first })).toEqual([first]);
    expect(await of({ since: second })).toEqual([third, second]);
    expect(await of({ since: second, until: second })).toEqual([second]);
  });

  it('are one item and are found by event, by subscription, by id and as the last attempt', async () => {
    const eventBatch = await putEventBatch({}, [NOW, NOW + 1, NOW + 2]);
    const [subscriptionId, other] = [unique('sub'), unique('sub')];
    const made = successes(eventBatch, subscriptionId);
    await attempts().record([...made, ...successes(eventBatch.slice(0, 2), other)]);
    expect(await itemsWith(subscriptionId)).toHaveLength(1);
    expect(await readAll((page) => attempts().ofSubscription(subscriptionId, page), 2)).toEqual(
      made.map(told).toReversed(),
    );
    for (const [index, event] of eventBatch.entries()) {
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
    expect(
      (await attempts().ofEvent('crm', eventBatch[0]?.id ?? '', { limit: 9, cursor: null })).items,
    ).toEqual([]);
  });

  it('overwrite themselves when recorded again, but not those of another message', async () => {
    const eventBatch = await putEventBatch({}, [NOW, NOW, NOW, NOW]);
    const subscriptionId = unique('sub');
    const [first, second] = [eventBatch.slice(0, 2), eventBatch.slice(2)];
    for (let times = 0; times < 2; times++)
      await attempts().record([
        ...successes(first, subscriptionId, 'first'),
        ...successes(second, subscriptionId, 'second'),
      ]);
    const all = await readAll((page) => attempts().ofSubscription(subscriptionId, page), 3);
    expect(all.map(({ eventId }) => eventId).toSorted()).toEqual(eventBatch.map(({ id }) => id).toSorted());
  });

  it('are not lost if a repeated handling makes fewer of them', async () => {
    const eventBatch = await putEventBatch({}, [NOW, NOW + 1, NOW + 2]);
    const subscriptionId = unique('sub');
    const made = successes(eventBatch, subscriptionId);
    await attempts().record(made);
    // The subscription was changed meanwhile and no longer matches the second event's type.
    await attempts().record([made[0], made[2]] as RecordedAttempt[]);
    for (const attempt of made) expect(await attempts().get('erp', attempt)).toEqual(told(attempt));
    const listed = await readAll((page) => attempts().ofSubscription(subscriptionId, page), 1);
    expect(new Set(listed.map(({ eventId }) => eventId))).toEqual(new Set(eventBatch.map(({ id }) => id)));
  });

  it('are listed with failed attempts, retries and replays', async () => {
    const eventBatch = await putEventBatch({}, [NOW, NOW + 1]);
    const [failed, fine] = eventBatch as [Event, Event];
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

  it('are kept as long as the event with the longest retention', async () => {
    const [short, long] = [NOW + 60_000, NOW + 120_000];
    const eventBatch = [
      ...(await putEventBatch({ expiresAt: short }, [NOW])),
      ...(await putEventBatch({ expiresAt: long }, [NOW])),
    ];
    const subscriptionId = unique('sub');
    const made = successes(eventBatch, subscriptionId).map((attempt, index) => ({
      ...attempt,
      eventBatch: { id: eventBatch[1]?.eventBatch ?? '', part: 'part' },
      expiresAt: index === 0 ? short : long,
    }));
    await attempts().record(made);
    const seen = async () =>
      (await attempts().ofSubscription(subscriptionId, { limit: 9, cursor: null })).items.length;
    testTime.now = long - 1;
    expect(await seen()).toBeGreaterThan(0);
    expect(await attempts().last('erp', eventBatch[1]?.id ?? '', subscriptionId)).not.toBeNull();
    testTime.now = long;
    expect(await seen()).toBe(0);
  });

  it('fill the pages of an event even if most of its event batch was sent in other messages', async () => {
    const eventBatch = await putEventBatch({}, Array(6).fill(NOW));
    const subscriptionIds = Array.from({ length: 7 }, () => unique('sub'));
    for (const id of subscriptionIds)
      for (const some of [eventBatch.slice(0, 2), eventBatch.slice(2, 4), eventBatch.slice(4)])
        await attempts().record(successes(some, id));
    const { id } = eventBatch[2] as Event;
    const first = await attempts().ofEvent('erp', id, { limit: 5, cursor: null });
    expect(first.items).toHaveLength(5);
    const rest = await attempts().ofEvent('erp', id, { limit: 5, cursor: first.cursor });
    expect([...first.items, ...rest.items].map(({ subscriptionId }) => subscriptionId)).toEqual(
      subscriptionIds.toReversed(),
    );
  });

  it('show the beginning of each body, however many share a write unit', async () => {
    const body = () => JSON.stringify({ ids: Array.from({ length: 9 }, () => crypto.randomUUID()) });
    const signature = () => `v1,${randomBytes(32).toString('base64')}`;
    for (const count of [2, 3, 4, 5, 6, 10]) {
      const eventBatch = await putEventBatch({}, Array(count).fill(NOW));
      const subscriptionId = unique('sub');
      const made = successes(eventBatch, subscriptionId).map((attempt) => ({
        ...attempt,
        request: { ...attempt.request, headers: { 'webhook-signature': signature() }, body: body() },
      }));
      await attempts().record(made);
      const { items } = await attempts().ofSubscription(subscriptionId, { limit: 10, cursor: null });
      expect(items).toHaveLength(count);
      for (const { request } of items) expect(request.body).toMatch(/^\{"ids":\["[0-9a-f]{8}-/);
    }
  });

  it.each([
    ['repeats itself', (n: number) => `${n} ${crypto.randomUUID().repeat(60)}`, 1024],
    ['cannot be compressed', () => randomBytes(1500).toString('base64'), 0],
  ])(
    'take one write unit for five of them and keep the beginning of data that %s',
    async (_, body, least) => {
      const eventBatch = await putEventBatch({ type: 'invoice.status.updated' }, Array(10).fill(NOW));
      const subscriptionId = unique('sub');
      const large = successes(eventBatch, subscriptionId).map((attempt, n) => ({
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
      expect(bytes).toBeGreaterThan(least);
      const { items } = await attempts().ofSubscription(subscriptionId, { limit: 10, cursor: null });
      expect(items).toHaveLength(10);
      for (const { request, response } of items) {
        expect(response?.status).toBe(200);
        expect(request.url).toMatch(/^https:\/\/example\.com\/x+…$/);
      }
    },
  );
});

describe('events of an event batch', () => {
  it('are found by id', async () => {
    const [event] = await putEventBatch({ data: '{"n":1.10}' as JsonText, source: '/a' }, [NOW, NOW + 1]);
    expect(await events().get('erp', event?.id ?? '')).toEqual(event);
    expect(await events().putOnce(event as Event, 'another')).toBe('duplicate');
    expect(await events().putOnce({ ...(event as Event), source: '/b' }, 'another')).toBe('conflict');
  });

  it('are appended to the log once, even if some are there already', async () => {
    const project = unique('p');
    const made = await putEventBatch({ project }, [NOW, NOW + 1]);
    const eventBatch = made[0]?.eventBatch as string;
    const late = eventRecord({ project, eventBatch, acceptedAt: new Date(NOW + 2).toISOString() });
    await events().putOnce(late, 'late');
    // Its message may be among the same records twice.
    for (let times = 0; times < 2; times++) await events().append([...made, late, late], true);
    const listed = await readAll((page) => events().list(project, {}, page), 1);
    expect(listed.map(({ id }) => id)).toEqual([...made, late].map(({ id }) => id).toReversed());
  });

  it('are listed once each, even if several handlings appended them', async () => {
    const project = unique('p');
    const eventBatch = unique('lot');
    const made = Array.from({ length: 6 }, () => eventRecord({ project, eventBatch }));
    for (const event of made) await events().putOnce(event, event.id);
    // A handling died before it had appended them, and their messages were received again together with others.
    for (const some of [made.slice(0, 3), made.slice(3, 5), made.slice(5)]) await events().append(some, true);
    for (const order of ['newest first', 'oldest first'] as const)
      for (const limit of [1, 2, 4, 10])
        expect(
          (await pages((page) => events().list(project, { order }, page), limit))
            .flat()
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual(made.map(({ id }) => id).toSorted());
  });

  it('are listed with an end in the year 9999', async () => {
    const project = unique('p');
    const made = await putEventBatch({ project }, [NOW, NOW + 1]);
    const until = '9999-12-31T23:59:59.999Z';
    const { items } = await events().list(project, { until }, { limit: 9, cursor: null });
    expect(items.map(({ id }) => id)).toEqual(made.map(({ id }) => id).toReversed());
  });

  it('leave no page empty if they were accepted after the requested time', async () => {
    const project = unique('p');
    const made = await putEventBatch({ project }, [NOW, NOW + 1]);
    for (let n = 0; n < 3; n++) await putEventBatch({ project }, [NOW + 2, NOW + 3]);
    const until = new Date(NOW + 1).toISOString();
    const { items } = await events().list(project, { until }, { limit: 2, cursor: null });
    expect(items.map(({ id }) => id)).toEqual(made.map(({ id }) => id).toReversed());
  });

  it('stay in the log as long as the event with the longest retention', async () => {
    const project = unique('p');
    const eventBatch = unique('lot');
    const [short, long] = [60_000, 120_000].map((ms) =>
      eventRecord({ project, eventBatch, expiresAt: NOW + ms }),
    ) as [Event, Event];
    await events().append([short, long], false);
    testTime.now = long.expiresAt - 1;
    const { items } = await events().list(project, {}, { limit: 9, cursor: null });
    expect(items.map(({ id }) => id)).toContain(long.id);
  });

  it('are no longer in the log after their retention', async () => {
    const project = unique('p');
    await putEventBatch({ project, expiresAt: NOW + 60_000 }, [NOW, NOW + 1]);
    testTime.now = NOW + 60_000;
    expect((await events().list(project, {}, { limit: 9, cursor: null })).items).toEqual([]);
  });
});

describe('a log of event batches and unbatched events', () => {
  it('has each event of the same time once, even if JavaScript sorts their ids differently', async () => {
    const project = unique('p');
    // The second sorts before the first in UTF-16, and after it in UTF-8.
    const ids = ['\u{ff5e}', '\u{1f600}', 'a'].flatMap((id) => [id, `${id}${id}`]);
    for (const id of ids) await events().putOnce(eventRecord({ project, id }), id);
    for (const order of ['newest first', 'oldest first'] as const)
      for (const limit of [1, 2, 3])
        expect(
          (await pages((page) => events().list(project, { order }, page), limit))
            .flat()
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual(ids.toSorted());
  });

  const HOUR = 3_600_000;
  const logs = fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: HOUR }),
      more: fc.array(fc.integer({ min: 0, max: EVENT_BATCH_SPAN_MS })),
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
          ...(await putEventBatch(
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

  it('has each event once, even if most events of a page have expired', async () => {
    const project = unique('p');
    const alive: string[] = [];
    for (let n = 0; n < 40; n++) {
      const expiresAt = NOW + (n % 4 === 0 ? 120_000 : 60_000);
      const acceptedAt = new Date(NOW + n).toISOString();
      const event = eventRecord({ project, expiresAt, acceptedAt });
      await events().putOnce(event, event.id);
      if (n % 4 === 0) alive.push(event.id);
    }
    testTime.now = NOW + 60_000;
    for (const limit of [1, 2, 3]) {
      const newest = await pages((page) => events().list(project, {}, page), limit);
      expect(newest.flat().map(({ id }) => id)).toEqual(alive.toReversed());
      const order = 'oldest first';
      const oldest = await pages((page) => events().list(project, { order }, page), limit);
      expect(oldest.flat().map(({ id }) => id)).toEqual(alive);
    }
  });

  it('has each event once for any order, limit, type and time range', async () => {
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
          // In order, except within the span of an event batch.
          const times = listed.map(({ acceptedAt }) => Date.parse(acceptedAt));
          for (const [index, time] of times.slice(1).entries()) {
            const step = time - (times[index] as number);
            expect(order === 'oldest first' ? -step : step).toBeLessThanOrEqual(EVENT_BATCH_SPAN_MS);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('has each attempt once for any limit', async () => {
    await fc.assert(
      fc.asyncProperty(logs, fc.integer({ min: 1, max: 12 }), async (log, limit) => {
        const subscriptionId = unique('sub');
        const made = log.flatMap(({ at, more }) => {
          const eventBatch = { id: unique('lot'), part: 'part' };
          return [at, ...more.map((ms) => at + ms)].map((ms) =>
            attemptRecord({
              eventId: unique('evt'),
              subscriptionId,
              at: new Date(NOW + ms).toISOString(),
              ...(more.length > 0 && { eventBatch }),
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
