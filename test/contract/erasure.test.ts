import { randomBytes } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { inflated } from '../../core/adapters/dynamodb/attempt-payload.ts';
import { dueWorkStore } from '../../core/adapters/dynamodb/due-work.ts';
import { erasureStore } from '../../core/adapters/dynamodb/erasure-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { projectOfEvents } from '../../core/adapters/dynamodb/keys.ts';
import { ATTEMPT_SECRETS, withOpenBytes } from '../../core/adapters/dynamodb/sealed-values.ts';
import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import { ConflictError } from '../../core/kernel/errors.ts';
import type { JsonText } from '../../core/kernel/json-text.ts';
import { erasedEvent } from '../../core/model/erased-event.ts';
import type { ErasureJob } from '../../core/model/erasure-job.ts';
import { type Event, MAX_INLINE_BYTES } from '../../core/model/event.ts';
import type { ErasureStore } from '../../core/ports/erasure-store.ts';
import { startTable } from '../support/engines.ts';
import { inMemoryDataKeys } from '../support/in-memory/data-keys.ts';
import { inMemoryDueWork } from '../support/in-memory/due-work.ts';
import { inMemoryAttempts, inMemoryEvents } from '../support/in-memory/events.ts';
import { inMemoryBodies } from '../support/in-memory/large-bodies.ts';
import { SubscriptionMap } from '../support/in-memory/subscriptions.ts';
import { onBoth } from '../support/on-both.ts';
import { attemptRecord, eventRecord, NOW, unique } from '../support/records.ts';
import { dueEntries } from '../support/waiting.ts';

const AT = new Date(NOW).toISOString();
const LATER = NOW + 120_000;
/** Text that is nowhere after the erasure. */
const PERSONAL = 'ada@example.com';
const json = (value: unknown) => JSON.stringify(value) as JsonText;

const personalEvent = (given: Partial<Event> = {}) =>
  eventRecord({
    data: json({ who: PERSONAL }),
    actor: json({ id: 7, email: PERSONAL }),
    changes: json({ who: { from: PERSONAL, to: null } }),
    cloudEvent: json({ subject: PERSONAL }),
    orderingKey: PERSONAL,
    source: '/erp',
    ...given,
  });

const personalAttempt = (given: Parameters<typeof attemptRecord>[0] = {}) =>
  attemptRecord({
    request: {
      method: 'POST',
      url: `https://example.com/${PERSONAL}`,
      headers: { 'x-who': PERSONAL },
      body: json({ who: PERSONAL }),
    },
    redirects: [{ status: 302, method: 'GET', location: `https://example.com/?who=${PERSONAL}` }],
    response: { status: 503, headers: { 'x-who': PERSONAL }, body: `no ${PERSONAL}` },
    outcome: 'failure',
    error: 'status',
    detail: `answered 503 ${PERSONAL}`,
    nextAttemptAt: AT,
    ...given,
  });

onBoth('the events that are erased', { inMemory: inMemoryEvents, dynamodb: eventStore }, (open) => {
  const erased = { at: AT, undelivered: ['sub_1'] };

  it('keep what identifies them, and their ids stay taken', async () => {
    const event = personalEvent();
    await open().putOnce(event, 'm1');
    await open().erase(event.project, event.id, erased);
    const { project, id, type, time, acceptedAt, expiresAt, source } = event;
    expect(await open().get(project, id)).toEqual({
      ...{ project, id, type, time, acceptedAt, expiresAt, source, data: '{}', suppress: true, erased },
    });
    expect(await open().putOnce(event, 'm1')).toBe('same-message');
    expect(await open().putOnce(event, 'm2')).toBe('duplicate');
    expect(await open().putOnce({ ...event, source: '/b' }, 'm3')).toBe('conflict');
    expect(await open().get(project, id)).toEqual(erasedEvent(event, erased));
  });

  it('stay in the log as they were', async () => {
    const event = personalEvent({ project: unique('p') });
    await open().putOnce(event, 'm1');
    const list = () => open().list(event.project, {}, { limit: 9, cursor: null });
    const before = await list();
    expect(before.items).toHaveLength(1);
    await open().erase(event.project, event.id, erased);
    expect(await list()).toEqual(before);
  });

  it('keep the time of the first erasure, and collect the deliveries that ended', async () => {
    const event = personalEvent();
    await open().putOnce(event, 'm1');
    await open().erase(event.project, event.id, erased);
    const others = ['sub_2', 'sub_3', 'sub_1'];
    await Promise.all(
      others.map((each) => open().erase(event.project, event.id, { at: 'later', undelivered: [each] })),
    );
    const { at, undelivered } = (await open().get(event.project, event.id))?.erased ?? {};
    expect(at).toBe(AT);
    expect(undelivered?.toSorted()).toEqual(['sub_1', 'sub_2', 'sub_3']);
  });

  it('may be unknown', async () => {
    await open().erase('erp', 'unknown', erased);
    await open().eraseBodies('erp', 'unknown');
    expect(await open().get('erp', 'unknown')).toBeNull();
  });
});

onBoth('the attempts of an erased event', { inMemory: inMemoryAttempts, dynamodb: attemptLog }, (open) => {
  it('keep their outcomes, statuses and times', async () => {
    const [eventId, other] = [unique('evt'), unique('evt')];
    const [failed, success, kept] = [
      personalAttempt({ eventId, number: 2 }),
      personalAttempt({ eventId, outcome: 'success', error: null, response: null }),
      personalAttempt({ eventId: other }),
    ];
    await open().record([failed, success, kept]);
    expect(await open().erase('erp', eventId, NOW + 1000)).toBe(true);
    const { items } = await open().ofEvent('erp', eventId, { limit: 9, cursor: null });
    const rest = { headers: {}, body: '', truncated: 'erased' };
    const { id, at, durationMs } = failed;
    expect(items).toEqual([
      expect.objectContaining({
        ...{ id, at, durationMs, number: 2, outcome: 'failure', error: 'status', nextAttemptAt: null },
        request: { method: 'POST', url: '', ...rest },
        response: { status: 503, ...rest },
      }),
      expect.objectContaining({ number: 1, outcome: 'success', response: null }),
    ]);
    expect(JSON.stringify(items)).not.toContain(PERSONAL);
    const untouched = (await open().ofEvent('erp', other, { limit: 9, cursor: null })).items;
    expect(JSON.stringify(untouched)).toContain(PERSONAL);
  });
});

const adapters = {
  inMemory: (clock: () => number) => inMemoryDueWork(clock, new SubscriptionMap()),
  dynamodb: (table: DataTable) => ({ dueWork: dueWorkStore(table), erasures: erasureStore(table) }),
};

onBoth('erasures', adapters, (open) => {
  const newJob = (given: Partial<ErasureJob> = {}): ErasureJob => ({
    ...{ id: unique('era'), project: unique('p'), actor: json({ id: 1.5 }), state: 'running' },
    ...{ examined: 0, erased: 0, cursor: null, reachedAt: null, requestedAt: AT, expiresAt: NOW + 1e9 },
    ...given,
  });
  const start = async (erasures: ErasureStore, job = newJob()) => ({
    job,
    claim: await erasures.create(job, LATER),
  });

  it('are repeated when they are due, once', async () => {
    const { dueWork, erasures } = open();
    const event = eventRecord({ project: unique('p'), id: 'a#b' });
    await erasures.repeatAt(event, LATER - 1000);
    await erasures.repeatAt(event, LATER);
    const due = (await dueEntries(dueWork, LATER)).filter(({ key }) => key.includes(event.project));
    expect(due).toMatchObject([{ dueAt: LATER, isPump: false }]);
    const [entry] = due;
    if (entry === undefined) throw new Error('unreachable');
    expect(await dueWork.claim(entry, LATER + 1)).toMatchObject({ project: event.project });
    const claim = { key: entry.key, lease: LATER + 1 };
    expect(await dueWork.claimed(claim, LATER + 2)).toEqual({
      claim,
      work: { kind: 'erased-event', project: event.project, eventId: event.id },
    });
    await dueWork.complete(claim);
    expect(await dueWork.claimed(claim, LATER + 2)).toBeNull();
  });

  it('are noted by project: the latest counts', async () => {
    const { erasures } = open();
    const project = unique('p');
    expect(await erasures.latest(project)).toBe('');
    for (const at of ['2026-01-02', '2026-01-03', '2026-01-01'])
      await erasures.note(project, `${at}T00:00:00.000Z`);
    expect(await erasures.latest(project)).toBe('2026-01-03T00:00:00.000Z');
  });

  it('of an actor no longer keep others from running when they only look again', async () => {
    const { erasures } = open();
    const { job, claim } = await start(erasures);
    const { project } = job;
    const again: ErasureJob = { ...job, isSecondLook: true };
    const waiting = await erasures.replace(claim, job, again, LATER + 1);
    if (waiting === null) throw new Error('The claim is void.');
    const { job: second } = await start(erasures, newJob({ project }));
    const done: ErasureJob = { ...again, state: 'done', actor: null };
    expect(await erasures.replace(waiting, again, done, LATER + 2)).not.toBeNull();
    // It has not taken the lock of the second one.
    await expect(start(erasures, newJob({ project }))).rejects.toThrow(second.id);
  });

  it('of an actor run one at a time, and go on from their last page', async () => {
    const { dueWork, erasures } = open();
    const { job, claim } = await start(erasures);
    const { project } = job;
    expect(await erasures.get(project, job.id)).toEqual(job);
    await expect(start(erasures, newJob({ project }))).rejects.toThrow(ConflictError);
    const next: ErasureJob = { ...job, examined: 5, erased: 1, cursor: 'c', reachedAt: AT };
    const renewed = await erasures.replace(claim, job, next, LATER + 1);
    if (renewed === null) throw new Error('The claim is void.');
    // The first claim is void.
    expect(await erasures.replace(claim, job, { ...next, cursor: 'x' }, LATER + 2)).toBeNull();
    expect(await dueWork.claimed(renewed, LATER + 3)).toEqual({
      claim: renewed,
      work: { kind: 'erasure', job: next },
    });
    const done: ErasureJob = { ...next, state: 'done', actor: null, cursor: null };
    expect(await erasures.replace(renewed, next, done, LATER + 3)).not.toBeNull();
    expect(await erasures.get(project, job.id)).toEqual(done);
    const left = await dueEntries(dueWork, Number.MAX_SAFE_INTEGER);
    expect(left.filter(({ key }) => key.includes(project))).toEqual([]);
    const { job: second } = await start(erasures, newJob({ project }));
    const { items } = await erasures.list(project, { limit: 9, cursor: null });
    expect(items).toEqual([second, done]);
    expect(await erasures.get(unique('p'), job.id)).toBeNull();
  });
});

describe('after an erasure, the table and the bucket', () => {
  let running: Awaited<ReturnType<typeof startTable>>;
  const stored = new Map<string, Uint8Array>();
  beforeAll(async () => {
    running = await startTable(() => NOW);
  });
  afterAll(() => running.stop());

  const bodies = inMemoryBodies(stored);
  const dataKeys = inMemoryDataKeys(1);
  const openTable = (isSealed: boolean): DataTable => ({
    ...running.table,
    bodies,
    ...(isSealed && { dataKeys }),
  });

  /** Return the text of all that is stored, opened and inflated. */
  async function storedText(): Promise<string> {
    const table = openTable(true);
    const { client, tableName: TableName } = table;
    const { Items = [] } = await client.send(new ScanCommand({ TableName }));
    const open = Items.map((item) => withOpenBytes(table, projectOfEvents(item.pk), item, ATTEMPT_SECRETS));
    const values = (await Promise.all(open)).flatMap((item) => Object.values(item));
    const texts = values.map((value) =>
      value instanceof Uint8Array ? `${inflatedText(value)}` : JSON.stringify(value),
    );
    return [...texts, ...[...stored.values()].map(inflatedText)].join('\n');
  }
  /** A body of the bucket may be that of a message, which is not compressed. */
  function inflatedText(bytes: Uint8Array): string {
    try {
      return inflated(bytes);
    } catch {
      return Buffer.from(bytes).toString();
    }
  }

  it.each([
    ['sealed', true],
    ['as it is', false],
  ])('have nothing of the event, stored %s', async (_, isSealed) => {
    const table = openTable(isSealed);
    const limits = { choose: async <Some>(attempts: readonly Some[]) => attempts };
    const [events, log] = [eventStore(table, 2), attemptLog(table, limits)];
    const eventBatch = unique('lot');
    const [event, neighbour] = [personalEvent({ eventBatch }), eventRecord({ eventBatch })];
    for (const each of [event, neighbour]) await events.putOnce(each, each.id);
    await events.append([event, neighbour], false);
    const { id: eventId } = event;
    const replay = { id: unique('rpl'), requestedAt: AT, after: 1 };
    const part = { id: eventBatch, part: 'p' };
    const first = { outcome: 'success', error: null, nextAttemptAt: null, eventBatch: part } as const;
    await log.record([
      personalAttempt({ ...first, eventId }),
      attemptRecord({
        ...first,
        eventId: neighbour.id,
        response: { status: 201, headers: {}, body: 'kept' },
      }),
      personalAttempt({ eventId, number: 2 }),
      personalAttempt({ eventId, number: 2, replay }),
      personalAttempt({
        ...{ eventId, number: 3, log: 'full' },
        response: { status: 500, headers: {}, body: `${PERSONAL} ${randomBytes(3000).toString('base64')}` },
      }),
    ]);
    expect(await storedText()).toContain(PERSONAL);
    await events.erase('erp', eventId, { at: AT, undelivered: [] });
    await events.eraseBodies('erp', eventId);
    expect(await log.erase('erp', eventId, NOW + 1000)).toBe(true);
    const left = await storedText();
    expect(left).not.toContain(PERSONAL);
    expect(left).toContain('kept');
    const { items } = await log.ofEvent('erp', eventId, { limit: 9, cursor: null });
    expect(items.map(({ number, outcome }) => [number, outcome])).toEqual([
      [3, 'failure'],
      [2, 'failure'],
      [2, 'failure'],
      [1, 'success'],
    ]);
  });

  describe('if the event was large', () => {
    const large = () =>
      personalEvent({ data: json({ PERSONAL, text: randomBytes(MAX_INLINE_BYTES).toString('base64') }) });

    it('have neither its body nor that of its message', async () => {
      const [event, store] = [large(), eventStore(openTable(false), 2)];
      await bodies.put('messages/1', Buffer.from(PERSONAL));
      await store.putOnce(event, 'm1', 'messages/1');
      expect(stored.size).toBe(2);
      await store.erase('erp', event.id, { at: AT, undelivered: [] });
      await store.eraseBodies('erp', event.id);
      expect([...stored]).toEqual([]);
      expect((await store.get('erp', event.id))?.erased?.at).toBe(AT);
    });

    it('lose the body at the second try if the first has died', async () => {
      const [event, store] = [large(), eventStore(openTable(false), 2)];
      await store.putOnce(event, 'm1');
      await store.erase('erp', event.id, { at: AT, undelivered: [] });
      expect(stored.size).toBe(1);
      const failing = eventStore({
        ...openTable(false),
        bodies: { ...bodies, delete: () => Promise.reject(new Error('S3')) },
      });
      await expect(failing.eraseBodies('erp', event.id)).rejects.toThrow('S3');
      await store.erase('erp', event.id, { at: AT, undelivered: [] });
      await store.eraseBodies('erp', event.id);
      expect([...stored]).toEqual([]);
    });

    it.each([
      ['alone', undefined],
      ['in an event batch', unique('lot')],
    ])('and came %s, take it for erased once its body is gone', async (_, eventBatch) => {
      const event = { ...large(), ...(eventBatch !== undefined && { eventBatch }) };
      const store = eventStore(openTable(false), 2);
      await store.putOnce(event, 'm1');
      if (eventBatch !== undefined) await store.append([event, eventRecord({ eventBatch })], false);
      stored.clear();
      const { project, id, type, time, acceptedAt, expiresAt, source } = event;
      const left = { project, id, type, time, acceptedAt, expiresAt, source, data: '{}', suppress: true };
      const batched = eventBatch === undefined ? {} : { eventBatch };
      expect(await store.get(project, id)).toEqual({
        ...{ ...left, ...batched },
        erased: { at: AT, undelivered: [], partly: true },
      });
      await store.erase(project, id, { at: AT, undelivered: ['sub_1'] });
      expect(await store.get(project, id)).toEqual({
        ...{ ...left, ...batched },
        erased: { at: AT, undelivered: ['sub_1'] },
      });
    });

    it('do not get its body back from its message, or from another one', async () => {
      const [event, store] = [large(), eventStore(openTable(false), 2)];
      await store.putOnce(event, 'm1');
      expect(await store.putOnce(event, 'm2')).toBe('duplicate');
      expect(stored.size).toBe(1);
      await store.erase('erp', event.id, { at: AT, undelivered: [] });
      await store.eraseBodies('erp', event.id);
      expect(await store.putOnce(event, 'm1')).toBe('same-message');
      expect([...stored]).toEqual([]);
    });
  });

  it('have no data of an attempt that is recorded while it is erased', async () => {
    const table = openTable(false);
    const [log, eventId] = [attemptLog(table), unique('evt')];
    const attempt = personalAttempt({ eventId });
    await log.record([attempt]);
    const { client } = table;
    let isRecorded = false;
    const racing = Object.assign(Object.create(client), {
      async send(command: { readonly input: { readonly UpdateExpression?: string } }) {
        // Recorded again between the read and the write of the erasure.
        if (command.input.UpdateExpression !== undefined && !isRecorded) {
          isRecorded = true;
          await log.record([{ ...attempt, durationMs: 99 }]);
        }
        return client.send(command as Parameters<typeof client.send>[0]);
      },
    });
    expect(await attemptLog({ ...table, client: racing }).erase('erp', eventId, NOW + 1000)).toBe(true);
    expect(isRecorded).toBe(true);
    const { items } = await log.ofEvent('erp', eventId, { limit: 9, cursor: null });
    expect(items).toMatchObject([{ durationMs: 99, request: { truncated: 'erased', body: '' } }]);
  });

  it('are not finished if there is no time', async () => {
    const [log, eventId] = [attemptLog(openTable(false)), unique('evt')];
    await log.record([personalAttempt({ eventId })]);
    expect(await log.erase('erp', eventId, NOW - 1)).toBe(false);
    expect(await log.erase('erp', eventId, NOW + 1000)).toBe(true);
  });
});
