import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import type { JsonText } from '../../core/kernel/json-text.ts';
import { webhookId } from '../../core/model/event.ts';
import { startTable } from '../support/engines.ts';
import { inMemoryAttempts, inMemoryEvents } from '../support/in-memory/events.ts';
import { onBoth, testTime } from '../support/on-both.ts';
import { readAll } from '../support/pages.ts';
import { attemptRecord, eventRecord, NOW, toldAttempt, unique } from '../support/records.ts';

beforeEach(() => {
  testTime.now = NOW;
});

onBoth('events', { inMemory: inMemoryEvents, dynamodb: eventStore }, (open) => {
  it('are found exactly as published', async () => {
    const event = eventRecord({
      data: '{"10":12345678901234567890,"9":1.10,"a":"\\ud800é😀"}' as JsonText,
      actor: '{"id":7}' as JsonText,
      changes: '{"9":{"from":1.0,"to":1.10}}' as JsonText,
      companyId: 'C1',
    });
    expect(await open().putOnce(event, 'm1')).toBe('stored');
    expect(await open().get(event.project, event.id)).toEqual(event);
    expect(await open().get('crm', event.id)).toBeNull();
  });

  it('are stored once and keep their state if the same message is received again', async () => {
    const event = eventRecord();
    expect(await open().putOnce(event, 'm1')).toBe('stored');
    expect(await open().putOnce({ ...event, eventBatch: 'lot_2' }, 'm1')).toBe('same-message');
    expect(await open().putOnce({ ...event, data: '{}' as JsonText }, 'm2')).toBe('duplicate');
    expect(await open().get(event.project, event.id)).toEqual(event);
    expect(await open().putOnce({ ...event, project: 'crm' }, 'm3')).toBe('stored');
  });

  it('cannot share an id with an event of another source', async () => {
    const event = eventRecord({ source: '/a' });
    expect(await open().putOnce(event, 'm1')).toBe('stored');
    expect(await open().putOnce({ ...event, source: '/b' }, 'm2')).toBe('conflict');
    expect(await open().putOnce({ ...event, source: '/a' }, 'm3')).toBe('duplicate');
  });

  it('are gone when their retention ends, even if the table still has them', async () => {
    const event = eventRecord({ expiresAt: NOW + 60_000 });
    await open().putOnce(event, 'm1');
    testTime.now = NOW + 60_000;
    expect(await open().get(event.project, event.id)).toBeNull();
    expect(
      (await open().list(event.project, {}, { limit: 100, cursor: null })).items.map(({ id }) => id),
    ).not.toContain(event.id);
    const again = { ...event, expiresAt: NOW + 120_000 };
    expect(await open().putOnce(again, 'm2')).toBe('stored');
    expect(await open().get(event.project, event.id)).toEqual(again);
  });

  it('are listed newest first and by type, page by page, each exactly once', async () => {
    const project = unique('p');
    const made = Array.from({ length: 40 }, (_, index) =>
      eventRecord({
        project,
        type: index % 3 === 0 ? 'a' : 'b',
        acceptedAt: new Date(NOW + index * 1000).toISOString(),
      }),
    );
    for (const event of made) await open().putOnce(event, event.id);
    const ids = made.map(({ id }) => id).toReversed();
    expect((await readAll((page) => open().list(project, {}, page), 7)).map(({ id }) => id)).toEqual(ids);
    expect((await readAll((page) => open().list(project, {}, page), 1)).map(({ id }) => id)).toEqual(ids);
    const ofTypeA = made.filter(({ type }) => type === 'a').map(({ id }) => id);
    expect(
      (await readAll((page) => open().list(project, { type: 'a' }, page), 5)).map(({ id }) => id),
    ).toEqual(ofTypeA.toReversed());
  });

  it('are listed by patterns of their types', async () => {
    const project = unique('p');
    const types = ['job.created', 'invoice.paid', 'job.status.updated', 'job', 'ancrage.delivery.exhausted'];
    const made = types.map((type, index) =>
      eventRecord({ project, type, acceptedAt: new Date(NOW + index * 1000).toISOString() }),
    );
    for (const event of made) await open().putOnce(event, event.id);
    const matching = async (...patterns: string[]) =>
      (await readAll((page) => open().list(project, { matching: patterns }, page), 2)).map(
        ({ type }) => type,
      );
    expect(await matching('job.*', 'invoice.paid')).toEqual([
      'job.status.updated',
      'invoice.paid',
      'job.created',
    ]);
    expect(await matching('*')).toEqual(['job', 'job.status.updated', 'invoice.paid', 'job.created']);
  });
});

onBoth(
  'events with an id that is no webhook-id',
  { inMemory: inMemoryEvents, dynamodb: (table) => eventStore(table, 2) },
  (open) => {
    it.each(['inv.17', 'a/b', '100 %', 'é😀', '.'])(
      'are found by it and by their webhook-id: %s',
      async (id) => {
        const event = eventRecord({ project: unique('p'), id });
        expect(await open().putOnce(event, 'm1')).toBe('stored');
        expect(await open().putOnce(event, 'm1')).toBe('same-message');
        expect(await open().putOnce(event, 'm2')).toBe('duplicate');
        expect(await open().putOnce({ ...event, source: '/b' }, 'm3')).toBe('conflict');
        for (const each of [id, webhookId(event)])
          expect(await open().get(event.project, each)).toEqual(event);
        expect(await open().get(event.project, `${id} `)).toBeNull();
      },
    );
  },
);

describe('an event with an id that is no webhook-id, across a change of the format', () => {
  let running: Awaited<ReturnType<typeof startTable>>;
  beforeAll(async () => {
    running = await startTable(() => NOW);
  });
  afterAll(() => running.stop());

  it.each([
    [1, 2],
    [2, 1],
  ] as const)('is stored once, first in format %d and then in %d', async (before, after) => {
    const event = eventRecord({ project: unique('p'), id: 'inv.17' });
    const [first, second] = [eventStore(running.table, before), eventStore(running.table, after)];
    expect(await first.putOnce(event, 'm1')).toBe('stored');
    expect(await second.putOnce(event, 'm1')).toBe('same-message');
    expect(await second.putOnce(event, 'm2')).toBe('duplicate');
    expect(await second.putOnce({ ...event, source: '/b' }, 'm3')).toBe('conflict');
    expect(await second.get(event.project, event.id)).toEqual(event);
  });
});

onBoth('events of a rare type', { inMemory: inMemoryEvents, dynamodb: eventStore }, (open) => {
  it('are found among many others', async () => {
    const project = unique('p');
    const made = Array.from({ length: 300 }, (_, index) =>
      eventRecord({
        project,
        type: index % 100 === 0 ? 'rare' : 'usual',
        acceptedAt: new Date(NOW + index * 1000).toISOString(),
      }),
    );
    await Promise.all(made.map((event) => open().putOnce(event, event.id)));
    const rare = made.filter(({ type }) => type === 'rare').map(({ id }) => id);
    expect(
      (await open().list(project, { type: 'rare' }, { limit: 3, cursor: null })).items.map(({ id }) => id),
    ).toEqual(rare.toReversed());
  });
});

onBoth('attempts', { inMemory: inMemoryAttempts, dynamodb: attemptLog }, (open) => {
  it('are listed by event and by subscription, newest first', async () => {
    const [eventId, subscriptionId] = [unique('evt'), unique('sub')];
    const made = [1, 2, 3].map((number) =>
      attemptRecord({ eventId, subscriptionId, number, at: new Date(NOW + number * 1000).toISOString() }),
    );
    await open().record([...made, attemptRecord({ eventId: unique('evt'), subscriptionId: unique('sub') })]);
    const newestFirst = made.map(toldAttempt).toReversed();
    expect(await readAll((page) => open().ofEvent('erp', eventId, page), 2)).toEqual(newestFirst);
    expect(await readAll((page) => open().ofSubscription(subscriptionId, page), 2)).toEqual(newestFirst);
    expect((await open().ofEvent('crm', eventId, { limit: 10, cursor: null })).items).toEqual([]);
  });

  it('are found by id, including those of replays', async () => {
    const [eventId, subscriptionId] = [unique('evt'), unique('sub')];
    const replay = { id: 'rpl_1', requestedAt: new Date(NOW).toISOString(), after: 0 };
    const first = attemptRecord({ eventId, subscriptionId });
    const replayed = attemptRecord({ eventId, subscriptionId, replay, durationMs: 99 });
    await open().record([first, replayed, attemptRecord({ eventId })]);
    for (const attempt of [first, replayed])
      expect(await open().get('erp', attempt)).toEqual(toldAttempt(attempt));
    expect(await open().get('crm', first)).toBeNull();
    expect(await open().get('erp', { ...first, number: 2 })).toBeNull();
    expect(await open().get('erp', { ...first, id: 'att_other' })).toBeNull();
  });

  it('keep the reason of a failure', async () => {
    const failed = attemptRecord({
      subscriptionId: unique('sub'),
      response: null,
      outcome: 'failure',
      error: 'timeout',
      detail: 'no answer within 10 s',
      nextAttemptAt: new Date(NOW + 5000).toISOString(),
    });
    await open().record([failed]);
    expect((await open().ofSubscription(failed.subscriptionId, { limit: 1, cursor: null })).items).toEqual([
      toldAttempt(failed),
    ]);
  });

  it('overwrite themselves when recorded again, even in the same call', async () => {
    const attempt = attemptRecord({ eventId: unique('evt'), subscriptionId: unique('sub') });
    const later = { ...attempt, durationMs: 99 };
    await open().record([attempt]);
    await open().record([attempt, later]);
    expect((await open().ofSubscription(attempt.subscriptionId, { limit: 10, cursor: null })).items).toEqual([
      toldAttempt(later),
    ]);
    expect((await open().ofEvent('erp', attempt.eventId, { limit: 10, cursor: null })).items).toEqual([
      toldAttempt(later),
    ]);
  });

  it('end when no other attempt follows', async () => {
    const [eventId, subscriptionId] = [unique('evt'), unique('sub')];
    const failed = attemptRecord({
      eventId,
      subscriptionId,
      number: 2,
      outcome: 'failure',
      error: 'timeout',
      nextAttemptAt: new Date(NOW + 5000).toISOString(),
    });
    await open().record([failed]);
    await open().end({ project: 'erp', eventId, subscriptionId, number: 2 });
    expect((await open().ofSubscription(subscriptionId, { limit: 10, cursor: null })).items).toEqual([
      toldAttempt(failed),
    ]);
    await open().end({ project: 'erp', eventId, subscriptionId, number: 3 });
    expect((await open().ofSubscription(subscriptionId, { limit: 10, cursor: null })).items).toEqual([
      { ...toldAttempt(failed), nextAttemptAt: null },
    ]);
  });

  it('are recorded in any number at once', async () => {
    const subscriptionId = unique('sub');
    await open().record(
      Array.from({ length: 60 }, (_, index) =>
        attemptRecord({ subscriptionId, eventId: unique('evt'), number: index + 1 }),
      ),
    );
    expect(await readAll((page) => open().ofSubscription(subscriptionId, page), 25)).toHaveLength(60);
  });

  it('are gone when their retention ends', async () => {
    const attempt = attemptRecord({
      eventId: unique('evt'),
      subscriptionId: unique('sub'),
      expiresAt: NOW + 60_000,
    });
    await open().record([attempt]);
    testTime.now = NOW + 60_000;
    expect((await open().ofSubscription(attempt.subscriptionId, { limit: 10, cursor: null })).items).toEqual(
      [],
    );
    expect((await open().ofEvent('erp', attempt.eventId, { limit: 10, cursor: null })).items).toEqual([]);
  });
});
