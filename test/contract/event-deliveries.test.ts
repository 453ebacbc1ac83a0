import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { bindingStore } from '../../core/adapters/dynamodb/binding-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { mailbox } from '../../core/adapters/dynamodb/mailbox.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import { attemptId } from '../../core/model/attempt.ts';
import type { Event } from '../../core/model/event.ts';
import type { Subscription } from '../../core/model/subscription.ts';
import type { RecordedAttempt } from '../../core/ports/attempt-log.ts';
import { deliveryStates } from '../../core/read/delivery-states.ts';
import { type EventDeliveryFilter, eventDeliveries } from '../../core/read/event-deliveries.ts';
import { inMemoryAttempts, inMemoryEvents } from '../support/in-memory/events.ts';
import { inMemoryMailbox } from '../support/in-memory/flow.ts';
import { inMemorySubscriptions } from '../support/in-memory/subscriptions.ts';
import { onBoth } from '../support/on-both.ts';
import { readAll } from '../support/pages.ts';
import {
  attemptRecord,
  eventRecord,
  NOW,
  subscriptionRecord,
  unique,
  waitingRecord,
} from '../support/records.ts';

const adapters = {
  inMemory: (clock: () => number) => ({
    ...inMemorySubscriptions(),
    attemptLog: inMemoryAttempts(clock),
    mailbox: inMemoryMailbox(),
    events: inMemoryEvents(clock),
  }),
  dynamodb: (table: DataTable) => ({
    attemptLog: attemptLog(table),
    subscriptions: subscriptionStore(table),
    bindings: bindingStore(table),
    mailbox: mailbox(table),
    events: eventStore(table),
  }),
};

/** Until the last of so many attempts, all fail. */
interface History {
  readonly attempts: number;
  readonly ends: 'success' | 'failure' | 'retry';
  /** Whether the record of the first attempt is lost. */
  readonly isLost: boolean;
  readonly isReplay: boolean;
}

const at = (ms: number) => new Date(NOW + ms).toISOString();

const recordsOf = (event: Event, subscriptionId: string, history: History): RecordedAttempt[] =>
  Array.from({ length: history.attempts }, (_, index) => {
    const number = index + 1;
    const isLast = number === history.attempts;
    const replay = history.isReplay && isLast ? { id: 'rpl_1', requestedAt: at(0), after: index } : undefined;
    const outcome = isLast && history.ends === 'success' ? 'success' : 'failure';
    return attemptRecord({
      id: attemptId({ event, subscriptionId, number, ...(replay && { replay }) }),
      ...{ eventId: event.id, subscriptionId, number, at: at(number), outcome },
      nextAttemptAt: isLast && history.ends !== 'retry' ? null : at(60_000),
      ...(replay && { replay }),
    });
  }).slice(history.isLost && history.attempts > 1 ? 1 : 0);

onBoth('the deliveries of an event', adapters, (open) => {
  const subscribe = async (given: Partial<Subscription> = {}) => {
    const subscription = subscriptionRecord(given);
    await open().subscriptions.create(subscription);
    return subscription;
  };
  const publish = async (given: Partial<Event> = {}) => {
    const event = eventRecord(given);
    await open().events.putOnce(event, 'message');
    return event;
  };
  const listed = (event: Event, filter: EventDeliveryFilter = {}, limit = 2) =>
    readAll((page) => eventDeliveries(open(), event, page, filter), limit);
  const idsOf = async (event: Event, filter: EventDeliveryFilter = {}) =>
    (await listed(event, filter)).map(({ state }) => state.subscriptionId);

  it('are those that the event itself shows, whatever became of them and however long the pages are', async () => {
    const histories = fc.array(
      fc.record({
        kind: fc.constantFrom('attempted', 'waits', 'neither', 'gone'),
        attempts: fc.integer({ min: 1, max: 12 }),
        ends: fc.constantFrom('success' as const, 'failure' as const, 'retry' as const),
        isLost: fc.boolean(),
        isReplay: fc.boolean(),
        pattern: fc.constantFrom('a.b', 'a.*', '*'),
      }),
      { maxLength: 9 },
    );
    await fc.assert(
      fc.asyncProperty(histories, fc.integer({ min: 1, max: 5 }), async (given, limit) => {
        const project = unique('project');
        const event = await publish({ project, type: 'a.b' });
        for (const { kind, pattern, ...history } of given) {
          const { id } =
            kind === 'gone' ? { id: unique('sub') } : await subscribe({ project, events: [pattern] });
          if (kind === 'attempted' || kind === 'gone')
            await open().attemptLog.record(
              recordsOf(event, id, history).map((attempt) => ({ ...attempt, project })),
            );
          if (kind === 'waits') {
            const entry = { project, subscriptionId: id, eventId: event.id };
            await open().mailbox.write([waitingRecord({ ...entry, dueAt: Date.parse(event.acceptedAt) })]);
          }
        }
        const states = await deliveryStates(open(), event);
        const found = await listed(event, {}, limit);
        expect(found.map(({ state }) => state)).toEqual(
          states.toSorted((a, b) => (a.subscriptionId < b.subscriptionId ? -1 : 1)),
        );
        for (const { state, lastAttempt } of found) expect(lastAttempt?.number ?? 0).toBe(state.attempts);
        for (const state of ['delivered', 'pending', 'failed', 'cancelled'] as const)
          expect(await listed(event, { state }, limit)).toEqual(
            found.filter((each) => each.state.state === state),
          );
      }),
      { numRuns: 25 },
    );
  });

  it('are found by a part of the name or of the host of the URL, whatever its case, but not by the rest of the URL', async () => {
    const project = unique('project');
    const event = await publish({ project, type: 'a.b' });
    const given = [
      { name: 'Billing ÉCOLE', url: 'https://hooks.example.com/secret-path' },
      { name: null, url: 'https://key:billing@crm.example.org:8443/billing' },
      { name: 'Warehouse', url: 'https://{{ doc.shop }}.shops.example/x' },
    ];
    const ids = [];
    for (const each of given) {
      const { id } = await subscribe({ ...each, project, events: ['none'] });
      const ends = { attempts: 1, ends: 'success', isLost: false, isReplay: false } as const;
      await open().attemptLog.record(recordsOf(event, id, ends).map((attempt) => ({ ...attempt, project })));
      ids.push(id);
    }
    const [billing, crm, shop] = ids;
    expect(await idsOf(event, { name: 'billing' })).toEqual([billing]);
    expect(await idsOf(event, { name: 'école' })).toEqual([billing]);
    expect(await idsOf(event, { name: 'EXAMPLE' })).toEqual([billing, crm, shop]);
    expect(await idsOf(event, { name: '8443' })).toEqual([crm]);
    expect(await idsOf(event, { name: 'shops.example' })).toEqual([shop]);
    expect(await idsOf(event, { name: 'secret' })).toEqual([]);
    expect(await idsOf(event, { name: 'key' })).toEqual([]);
    const named = (name: string) => readAll((page) => open().subscriptions.list(project, page, { name }), 2);
    expect((await named('example')).map(({ id }) => id)).toEqual(ids.toReversed());
    expect((await named('secret')).map(({ id }) => id)).toEqual([]);
  });

  it('end as erased with the event, also those that no attempt shows', async () => {
    const project = unique('project');
    const event = await publish({ project, type: 'a.b' });
    const [unknown, retried] = [await subscribe({ project }), await subscribe({ project })];
    const history = { attempts: 2, ends: 'retry', isLost: false, isReplay: false } as const;
    await open().attemptLog.record(
      recordsOf(event, retried.id, history).map((attempt) => ({ ...attempt, project })),
    );
    const undelivered = [unknown.id, retried.id];
    const erased = { ...event, erased: { at: at(0), undelivered } };
    const found = await listed(erased, {}, 1);
    expect(found.map(({ state }) => state)).toEqual([
      { subscriptionId: unknown.id, state: 'erased', attempts: 0, nextAttemptAt: null },
      { subscriptionId: retried.id, state: 'erased', attempts: 2, nextAttemptAt: null },
    ]);
  });

  it('include the first attempts that an event batch has recorded together', async () => {
    const project = unique('project');
    const eventBatch = unique('lot');
    const events = [];
    for (let n = 0; n < 3; n++) events.push(await publish({ project, type: 'a.b', eventBatch }));
    const subscriptions = [];
    for (let n = 0; n < 4; n++) subscriptions.push(await subscribe({ project, events: ['a.b'] }));
    for (const { id: subscriptionId } of subscriptions)
      for (const [index, event] of events.entries())
        await open().attemptLog.record([
          attemptRecord({
            id: attemptId({ event, subscriptionId, number: 1 }),
            ...{ project, eventId: event.id, subscriptionId },
            // Two of the events share an item.
            eventBatch: { id: eventBatch, part: `part-${index % 2}` },
          }),
        ]);
    const last = events.at(-1) as Event;
    expect((await listed(last)).map(({ state }) => state)).toEqual(
      subscriptions.map(({ id }) => ({
        ...{ subscriptionId: id, state: 'delivered', attempts: 1, nextAttemptAt: null },
      })),
    );
  });
});

describe('a page of them', () => {
  it('looks at a thousand subscriptions at most, and goes on from there', async () => {
    const stores = adapters.inMemory(() => NOW);
    const event = eventRecord({ project: 'wide', type: 'a.b' });
    for (let n = 0; n < 1500; n++) {
      const { id } = subscriptionRecord({ project: 'wide' });
      const name = n === 1499 ? 'the last one' : null;
      await stores.subscriptions.create(subscriptionRecord({ project: 'wide', id, name, events: ['none'] }));
      await stores.attemptLog.record([
        attemptRecord({ project: 'wide', id: `att_${id}`, eventId: event.id, subscriptionId: id }),
      ]);
    }
    const read = (cursor: string | null) =>
      eventDeliveries(stores, event, { limit: 25, cursor }, { name: 'last one' });
    const first = await read(null);
    expect(first).toEqual({ items: [], cursor: expect.any(String) });
    const second = await read(first.cursor);
    expect(second.items).toHaveLength(1);
    expect(second.cursor).toBeNull();
  });
});
