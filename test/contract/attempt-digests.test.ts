import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attemptDigests } from '../../core/adapters/dynamodb/attempt-digests.ts';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { attemptId } from '../../core/model/attempt.ts';
import { referenceTo } from '../../core/model/attempt-reference.ts';
import type { RecordedAttempt } from '../../core/ports/attempt-log.ts';
import { startTable } from '../support/engines.ts';
import { testTime } from '../support/on-both.ts';
import { readAll } from '../support/pages.ts';
import { attemptRecord, NOW, unique } from '../support/records.ts';

let running: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  running = await startTable(() => testTime.now);
});
afterAll(() => running.stop());
beforeEach(() => {
  testTime.now = NOW;
});
const digests = () => attemptDigests(running.table);
const log = () => attemptLog(running.table);

/** Record attempts as one invocation does. */
async function invocation(...attempts: readonly RecordedAttempt[]): Promise<void> {
  await digests().write(await log().record(attempts));
}

/** Return an attempt, this long before now. */
function made(project: string, msAgo: number, given: Partial<RecordedAttempt> = {}): RecordedAttempt {
  const { eventId = unique('evt'), subscriptionId = 'sub_1', number = 1, replay } = given;
  const id = attemptId({
    ...{ event: { project, id: eventId }, subscriptionId, number },
    ...(replay !== undefined && { replay }),
  });
  return attemptRecord({
    ...{ project, id, eventId, subscriptionId, number, at: new Date(NOW - msAgo).toISOString() },
    ...given,
  });
}

/** Return the successes of a part of an event batch, so far apart. */
const eventBatch = (project: string, count: number, msApart: number): RecordedAttempt[] => {
  const part = { id: unique('lot'), part: unique('part') };
  return Array.from({ length: count }, (_, n) => made(project, n * msApart, { eventBatch: part }));
};

type Filter = Parameters<ReturnType<typeof digests>['list']>[2];
const listed = (project: string, filter?: Filter, limit = 7) =>
  readAll((page) => digests().list(project, page, filter), limit);
const idsOf = (attempts: readonly { id: string }[]) => attempts.map(({ id }) => id);
const newestFirst = (attempts: readonly RecordedAttempt[]) =>
  attempts.toSorted((a, b) => (a.at < b.at ? 1 : -1));

/** Attempts of forty invocations that ran beside each other, no two of which were made at the same time. */
const manyAttempts = (project: string): RecordedAttempt[][] =>
  Array.from({ length: 40 }, (_, n) =>
    Array.from({ length: 1 + (n % 4) }, (_one, k) =>
      made(project, ((n * 7919) % 40) * 500 + k * 901 + n, {
        subscriptionId: `sub_${(n + k) % 3}`,
        eventType: (n + k) % 5 === 0 ? 'invoice.paid' : 'invoice.created',
        outcome: (n * k) % 3 === 1 ? 'failure' : 'success',
      }),
    ),
  );

describe('the attempts of a project', () => {
  it.each([1, 7, 100])('are listed strictly newest first, each once, in pages of %i', async (limit) => {
    const project = unique('p');
    const all = manyAttempts(project);
    for (const attempts of all) await invocation(...attempts);
    expect(idsOf(await listed(project, {}, limit))).toEqual(idsOf(newestFirst(all.flat())));
  });

  it('can be filtered by outcome, event type, subscription and time, both ends included', async () => {
    const project = unique('p');
    const all = manyAttempts(project);
    for (const attempts of all) await invocation(...attempts);
    const [since, until] = [all[20]?.[0]?.at, all[10]?.[0]?.at].sort() as [string, string];
    const expectFound = async (filter: Filter, passes: (attempt: RecordedAttempt) => boolean) => {
      const expected = newestFirst(all.flat()).filter(passes);
      expect(expected.length).toBeGreaterThan(0);
      expect(idsOf(await listed(project, filter))).toEqual(idsOf(expected));
    };
    await expectFound({ outcome: 'failure' }, ({ outcome }) => outcome === 'failure');
    await expectFound({ outcome: 'success' }, ({ outcome }) => outcome === 'success');
    await expectFound({ type: 'invoice.paid' }, ({ eventType }) => eventType === 'invoice.paid');
    await expectFound({ subscription: 'sub_2' }, ({ subscriptionId }) => subscriptionId === 'sub_2');
    await expectFound({ since, until }, ({ at }) => since <= at && at <= until);
    await expectFound({ until: since }, ({ at }) => at <= since);
    await expectFound(
      { since, until, outcome: 'success', subscription: 'sub_0', type: 'invoice.created' },
      ({ at, outcome, subscriptionId, eventType }) =>
        since <= at &&
        at <= until &&
        outcome === 'success' &&
        subscriptionId === 'sub_0' &&
        eventType === 'invoice.created',
    );
    expect(await listed(project, { type: 'invoice.*' })).toEqual([]);
    expect(await listed(project, { subscription: 'sub_9' })).toEqual([]);
    expect(await listed(project, { since: until, until: since })).toEqual([]);
  });

  it('are listed to the end even if many invocations end with attempts of the same millisecond', async () => {
    const project = unique('p');
    const all = Array.from({ length: 400 }, (_, n) => made(project, n < 390 ? 0 : n));
    const references = await log().record(all);
    await Promise.all(references.map((reference) => digests().write([reference])));
    expect(idsOf(await listed(project, {}, 25)).sort()).toEqual(idsOf(all).sort());
  });

  it.each([
    ['together', 3],
    ['ten seconds apart', 1000],
  ])('include those of an event batch, made %s, over several pages', async (_, msApart) => {
    const project = unique('p');
    const batch = eventBatch(project, 11, msApart);
    const [before, after] = [made(project, 60_000), made(project, -1000)];
    await invocation(...batch, before);
    await invocation(after);
    for (const limit of [2, 3, 100])
      expect(idsOf(await listed(project, {}, limit))).toEqual(idsOf([after, ...batch, before]));
    const [since, until] = [batch[7]?.at, batch[4]?.at];
    expect(idsOf(await listed(project, { since, until }, 2))).toEqual(idsOf(batch.slice(4, 8)));
    expect(await listed(project, { outcome: 'failure' })).toEqual([]);
    expect(await listed(project, { type: 'invoice.created' })).toHaveLength(13);
    expect(await listed(project, { type: 'invoice.paid' })).toEqual([]);
  });

  it('include those of replays beside the ones of the same number', async () => {
    const project = unique('p');
    const replay = { id: unique('rpl'), requestedAt: new Date(NOW).toISOString(), after: 0 };
    const [first, again] = [
      made(project, 5000, { eventId: 'a' }),
      made(project, 0, { eventId: 'a', replay }),
    ];
    await invocation(first);
    await invocation(again);
    expect(idsOf(await listed(project))).toEqual(idsOf([again, first]));
  });

  it('are shown as they are now: erased, without a next attempt, and not at all once they have expired', async () => {
    const project = unique('p');
    const nextAttemptAt = new Date(NOW + 5000).toISOString();
    const failed = { outcome: 'failure', nextAttemptAt } as const;
    const [erased, ended, expired, kept] = [
      made(project, 1, failed),
      made(project, 2, failed),
      made(project, 3, { ...failed, expiresAt: NOW + 60_000 }),
      made(project, 4, failed),
    ];
    await invocation(erased, ended, expired, kept);
    await log().erase(project, erased.eventId, Number.POSITIVE_INFINITY);
    await log().end({ project, eventId: ended.eventId, subscriptionId: 'sub_1', number: 2 });
    testTime.now = NOW + 60_001;
    const found = await listed(project);
    expect(idsOf(found)).toEqual(idsOf([erased, ended, kept]));
    expect(found.map((attempt) => attempt.nextAttemptAt)).toEqual([null, null, nextAttemptAt]);
    expect(found[0]?.request.truncated).toBe('erased');
  });

  it('are shown once, with their last time, if they were recorded twice', async () => {
    const project = unique('p');
    const first = made(project, 3000, { outcome: 'failure' });
    const second = { ...first, at: new Date(NOW).toISOString() };
    const between = made(project, 1500);
    await invocation(first);
    await invocation(between);
    await invocation(second);
    await digests().write(await log().record([second]));
    for (const limit of [2, 100]) {
      const found = await listed(project, {}, limit);
      expect(found.map(({ id, at }) => [id, at])).toEqual([
        [second.id, second.at],
        [between.id, between.at],
      ]);
    }
  });

  it('are shown once on a page if an event batch was attempted again, and only some succeeded together', async () => {
    const project = unique('p');
    const batch = eventBatch(project, 5, 1);
    const again = batch.slice(0, 3).map((attempt) => ({ ...attempt, at: new Date(NOW + 500).toISOString() }));
    await invocation(...batch);
    await invocation(...again);
    const { items } = await digests().list(project, { limit: 100, cursor: null });
    expect(idsOf(items).sort()).toEqual(idsOf(batch).sort());
  });

  it('are not listed for another project, even if its name begins alike', async () => {
    const project = unique('p');
    const [own, others] = [made(project, 0), made(`${project}-2`, 0)];
    await invocation(own, others);
    expect(idsOf(await listed(project))).toEqual([own.id]);
    expect(idsOf(await listed(`${project}-2`))).toEqual([others.id]);
    expect(await listed(project.slice(0, -1))).toEqual([]);
  });

  it('are looked for in bounded steps, each of which tells where the next one begins', async () => {
    const project = unique('p');
    const rare = made(project, 20_000_000, { subscriptionId: 'sub_rare' });
    // Too far apart to share digests.
    const others = Array.from({ length: 4800 }, (_, n) => made(project, n * 3000));
    await digests().write(others.map((one) => referenceTo(one)));
    await invocation(rare);
    const first = await digests().list(project, { limit: 25, cursor: null }, { subscription: 'sub_rare' });
    expect(first.items).toEqual([]);
    expect(first.cursor).not.toBeNull();
    expect(idsOf(await listed(project, { subscription: 'sub_rare' }))).toEqual([rare.id]);
  });
});
