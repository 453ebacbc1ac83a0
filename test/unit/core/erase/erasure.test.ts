import { beforeEach, describe, expect, it } from 'vitest';
import { deliveryQueue } from '../../../../core/adapters/sqs/delivery-queue.ts';
import { eraseEvent } from '../../../../core/erase/erase-event.ts';
import { startErasure } from '../../../../core/erase/start-erasure.ts';
import type { JsonText } from '../../../../core/kernel/json-text.ts';
import { isOfActor } from '../../../../core/model/erasure-job.ts';
import type { Event } from '../../../../core/model/event.ts';
import { deliveryStates } from '../../../../core/read/delivery-states.ts';
import { answers } from '../../../support/in-memory/sender.ts';
import {
  deliveryBody,
  eventBatchBody,
  inMemoryPipeline,
  type Pipeline,
  received,
  takeAll,
} from '../../../support/pipeline.ts';
import { eventRecord, NOW, subscriptionRecord, unique, waitingRecord } from '../../../support/records.ts';

const SECOND = 1000;
const json = (value: unknown) => JSON.stringify(value) as JsonText;
const page = { limit: 1000, cursor: null };

let pipeline: Pipeline;
let subscriptionId: string;
beforeEach(async () => {
  pipeline = inMemoryPipeline();
  subscriptionId = unique('sub');
  await pipeline.subscriptions.create(subscriptionRecord({ id: subscriptionId, retry: [60] }));
});

async function store(given: Partial<Event> = {}): Promise<Event> {
  const event = eventRecord(given);
  await pipeline.events.putOnce(event, event.id);
  return event;
}
const erase = ({ project, id }: Event) => eraseEvent(pipeline, project, id, Number.POSITIVE_INFINITY);
const message = (event: Event) =>
  received({
    body: deliveryBody({ project: 'erp', subscriptionId, number: 1, trigger: 'event', event }),
  });
const statesOf = async ({ id }: Event) => {
  const event = await pipeline.events.get('erp', id);
  return event && (await deliveryStates(pipeline, event));
};
const attempts = async () => (await pipeline.attemptLog.ofSubscription(subscriptionId, page)).items;
const workOffRetries = async () => {
  while (pipeline.retriesQueue.sent.length > 0) await pipeline.deliver()(takeAll(pipeline.retriesQueue));
};

describe('a delivery of an erased event', () => {
  it.each([
    ['alone', message],
    [
      'in an event batch',
      (event: Event) =>
        received({
          body: eventBatchBody({ project: 'erp', subscriptionId, eventBatch: 'lot_1', events: [event] }),
        }),
    ],
  ])('is not sent from a queue if its message came %s and is not fresh', async (_, messageOf) => {
    const event = await store();
    await erase(event);
    pipeline.time.now += 20 * SECOND;
    expect(await pipeline.deliver()([messageOf(event)])).toEqual([]);
    expect(pipeline.requests).toEqual([]);
    expect(await statesOf(event)).toEqual([
      { subscriptionId, state: 'erased', attempts: 0, nextAttemptAt: null },
    ]);
    expect(pipeline.lines).toContainEqual(
      expect.objectContaining({
        message: 'delivery cancelled',
        fields: expect.objectContaining({ reason: 'the event was erased' }),
      }),
    );
  });

  it('ends even if the event cannot be told so', async () => {
    const event = await store();
    await erase(event);
    pipeline.time.now += 20 * SECOND;
    pipeline.events.erase = () => Promise.reject(new Error('Too many at once.'));
    expect(await pipeline.deliver()([message(event)])).toEqual([]);
    expect(pipeline.requests).toEqual([]);
    expect(pipeline.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', message: 'delivery missing from its erased event' }),
    );
  });

  it('is sent if only another event of its project was erased', async () => {
    const [event, other] = [await store(), await store()];
    await erase(other);
    pipeline.time.now += 20 * SECOND;
    await pipeline.deliver()([message(event)]);
    expect(pipeline.requests).toHaveLength(1);
  });

  it('costs no look-up if its message is fresh', async () => {
    const event = await store();
    pipeline.erasures.latest = () => Promise.reject(new Error('Nobody asks.'));
    await pipeline.deliver()([message(event)]);
    expect(pipeline.requests).toHaveLength(1);
  });

  it('is not sent from the mailbox', async () => {
    const event = await store();
    await erase(event);
    const { id: eventId, acceptedAt } = event;
    // Of a replay, which the erasure does not find.
    const replay = { id: 'rpl_1', requestedAt: acceptedAt, after: 1 };
    await pipeline.mailbox.write([waitingRecord({ subscriptionId, eventId, number: 2, dueAt: NOW, replay })]);
    await pipeline.flows.wake('erp', subscriptionId, NOW, false);
    await pipeline.sweep();
    await pipeline.pump()(takeAll(pipeline.pumpsQueue));
    expect(pipeline.requests).toEqual([]);
    expect((await pipeline.mailbox.list(subscriptionId, page)).items).toEqual([]);
    expect(await statesOf(event)).toMatchObject([{ state: 'erased' }]);
  });

  it('that was under way leaves no data, and has no further attempt', async () => {
    const event = await store({ data: json({ who: 'Ada' }) });
    pipeline.endpoint.answer = () => answers(500);
    // It passed the check just before the erasure.
    const delivering = pipeline.deliver()([message(event)]);
    await erase(event);
    await delivering;
    expect(await attempts()).toMatchObject([{ nextAttemptAt: expect.any(String) }]);
    expect(JSON.stringify(await attempts())).toContain('Ada');
    pipeline.time.now += 120 * SECOND;
    await pipeline.sweep();
    await workOffRetries();
    expect(await attempts()).toMatchObject([{ nextAttemptAt: null, request: { truncated: 'erased' } }]);
    expect(JSON.stringify(await attempts())).not.toContain('Ada');
    expect((await pipeline.mailbox.list(subscriptionId, page)).items).toEqual([]);
    expect(await statesOf(event)).toMatchObject([{ state: 'erased', attempts: 1 }]);
    expect(await pipeline.sweep()).toBe(0);
  });
});

describe('an erasure that dies', () => {
  it.each([
    ['before the event', () => pipeline.events, 'erase'],
    ['before its bodies', () => pipeline.events, 'eraseBodies'],
    ['before the mailbox', () => pipeline.mailbox, 'write'],
    ['before the attempts', () => pipeline.attemptLog, 'erase'],
  ] as const)('%s is completed by the sweeper', async (_, portOf, method) => {
    const event = await store({ data: json({ who: 'Ada' }) });
    pipeline.endpoint.answer = () => answers(500);
    await pipeline.deliver()([message(event)]);
    const port = portOf() as unknown as Record<string, unknown>;
    const works = port[method];
    port[method] = () => Promise.reject(new Error('It died.'));
    await expect(erase(event)).rejects.toThrow('It died.');
    port[method] = works;
    pipeline.time.now += 120 * SECOND;
    await pipeline.sweep();
    await workOffRetries();
    expect((await pipeline.events.get('erp', event.id))?.erased).toBeDefined();
    expect(JSON.stringify(await attempts())).not.toContain('Ada');
    expect(await statesOf(event)).toMatchObject([{ state: 'erased', attempts: 1 }]);
  });
});

describe('an erasure of an actor', () => {
  const ada = json({ id: 7, email: 'ada@example.com' });
  const start = () =>
    startErasure({ ...pipeline, retriesQueue: deliveryQueue(pipeline.retriesQueue.queue) }, 'erp', ada);
  const jobOf = ({ id }: { readonly id: string }) => pipeline.erasures.get('erp', id);
  const lookAgain = async () => {
    pipeline.time.now = NOW + 240 * SECOND;
    await pipeline.sweep();
    await workOffRetries();
  };
  const erasedIds = async () => {
    const { items } = await pipeline.events.list('erp', {}, page);
    const events = await Promise.all(items.map(({ id }) => pipeline.events.get('erp', id)));
    return events.flatMap((event) => (event?.erased === undefined ? [] : [event.id])).toSorted();
  };

  it('covers what was accepted until it began, however many events there are', async () => {
    for (let n = 0; n < 230; n++) await store({ id: `e-${n}`, actor: n % 100 === 7 ? ada : json({ id: n }) });
    const later = new Date(NOW + SECOND).toISOString();
    await store({ id: 'later', actor: ada, acceptedAt: later });
    const job = await start();
    await workOffRetries();
    expect(await erasedIds()).toEqual(['e-107', 'e-207', 'e-7']);
    expect(await jobOf(job)).toMatchObject({ state: 'running', examined: 230, erased: 3, actor: ada });
    await lookAgain();
    expect(await erasedIds()).toEqual(['e-107', 'e-207', 'e-7']);
    expect(await jobOf(job)).toMatchObject({ state: 'done', examined: 230, erased: 3, actor: null });
  });

  it('covers what was accepted before it began, and stored only since', async () => {
    const old = new Date(NOW - 3600 * SECOND).toISOString();
    await store({ id: 'old', acceptedAt: old });
    const job = await start();
    await workOffRetries();
    await store({ id: 'late', actor: ada });
    pipeline.time.now += 60 * SECOND;
    expect(await pipeline.sweep()).toBe(0);
    await lookAgain();
    expect(await erasedIds()).toEqual(['late']);
    expect(await jobOf(job)).toMatchObject({ state: 'done', examined: 2, erased: 1 });
  });

  it('goes on in steps, and after a crash from its last page', async () => {
    for (let n = 0; n < 230; n++) await store({ id: `e-${n}`, actor: ada });
    const { get } = pipeline.events;
    let reads = 0;
    pipeline.events.get = (project, id) => {
      // Each page takes longer than a step may.
      if (++reads % 100 === 0) pipeline.time.now += 20 * SECOND;
      return reads === 500 ? Promise.reject(new Error('It died.')) : get(project, id);
    };
    const job = await start();
    const [first] = takeAll(pipeline.retriesQueue);
    if (first === undefined) throw new Error('The job has no message.');
    await pipeline.deliver()([first]);
    const progress = await jobOf(job);
    expect(progress).toMatchObject({ state: 'running', examined: 100, erased: 100 });
    // The message of the next step is lost.
    takeAll(pipeline.retriesQueue);
    pipeline.time.now += 400 * SECOND;
    while ((await jobOf(job))?.state === 'running') {
      await pipeline.sweep();
      await pipeline.deliver()(takeAll(pipeline.retriesQueue));
      pipeline.time.now += 3600 * SECOND;
    }
    expect(reads).toBeGreaterThan(500);
    expect(await jobOf(job)).toMatchObject({ state: 'done', examined: 230, erased: 230 });
    expect(await erasedIds()).toHaveLength(230);
  });
});

it.each([
  [{ id: 7 }, { id: 7, name: 'Ada' }, true],
  [{ id: 7.0, name: 'Ada' }, { id: 7, name: 'Ada' }, true],
  [{ id: 7 }, { id: '7' }, false],
  [{ id: 7, name: 'Bob' }, { id: 7, name: 'Ada' }, false],
  [{ id: 7, name: 'Ada' }, { id: 7 }, false],
  [{ id: 7 }, undefined, false],
])('%j is wanted, and the actor is %j: %s', (wanted, actor, isWanted) => {
  const event = actor === undefined ? {} : { actor: json(actor) };
  expect(isOfActor(event, json(wanted))).toBe(isWanted);
});
