import { beforeEach, describe, expect, it } from 'vitest';
import { deliveryQueue } from '../../../../core/adapters/sqs/delivery-queue.ts';
import { pumpQueue } from '../../../../core/adapters/sqs/pump-queue.ts';
import { wakePump } from '../../../../core/flow/wake-pump.ts';
import { ConflictError, NotFoundError, ValidationError } from '../../../../core/kernel/errors.ts';
import type { Event } from '../../../../core/model/event.ts';
import { disabled, revise } from '../../../../core/model/subscription.ts';
import { replayEvent } from '../../../../core/replay/replay-event.ts';
import {
  cancelReplay,
  getReplayJob,
  listReplayJobs,
  startReplay,
} from '../../../../core/replay/replay-subscription.ts';
import { answers } from '../../../support/in-memory/sender.ts';
import {
  deliveryBody,
  inMemoryPipeline,
  type Pipeline,
  received,
  refuseAll,
  takeAll,
} from '../../../support/pipeline.ts';
import { eventRecord, NOW, projectRecord, subscriptionRecord, unique } from '../../../support/records.ts';

const at = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();

let pipeline: Pipeline;
let id: string;
beforeEach(async () => {
  pipeline = inMemoryPipeline();
  await pipeline.projects.create(projectRecord({ id: 'erp' }), []);
  id = unique('sub');
  await pipeline.subscriptions.create(subscriptionRecord({ id, retry: 'none' }));
});

/** Store an event that was accepted this many seconds after the start, without delivering it. */
async function store(seconds: number, given: Partial<Event> = {}): Promise<Event> {
  const event = eventRecord({ acceptedAt: at(seconds), ...given });
  await pipeline.events.putOnce(event, event.id);
  return event;
}
async function deliver(event: Event, status = 200): Promise<Event> {
  pipeline.endpoint.answer = () => answers(status);
  const delivery = { project: 'erp', subscriptionId: id, number: 1, trigger: 'event' } as const;
  await pipeline.deliver()([received({ body: deliveryBody({ ...delivery, event: event }) })]);
  pipeline.endpoint.answer = () => answers(200);
  return event;
}
const ports = () => ({ ...pipeline, pumpsQueue: pumpQueue(pipeline.pumpsQueue.queue) });
const start = (request: Partial<Parameters<typeof startReplay>[3]> = {}) =>
  startReplay(ports(), 'erp', id, { since: at(0), until: undefined, only: 'failed', ...request });
/** Work off the retries queue and the pumps queue until both are empty, ignoring delays. Return the ids of the events that were sent. */
async function workOff(): Promise<string[]> {
  const before = pipeline.requests.length;
  while (pipeline.retriesQueue.sent.length + pipeline.pumpsQueue.sent.length > 0) {
    pipeline.time.now += 10_000;
    await pipeline.deliver()(takeAll(pipeline.retriesQueue));
    pipeline.time.now += 10_000;
    await pipeline.pump()(takeAll(pipeline.pumpsQueue));
  }
  return pipeline.requests.slice(before).map(({ headers }) => headers['webhook-id'] ?? '');
}
const listed = async () => (await listReplayJobs(ports(), 'erp', id, { limit: 9, cursor: null })).items;
async function current() {
  const subscription = await pipeline.subscriptions.get('erp', id);
  if (subscription === null) throw new Error('It is gone.');
  return subscription;
}
const attemptsOf = async (event: Event) =>
  (await pipeline.attemptLog.ofEvent('erp', event.id, { limit: 100, cursor: null })).items;

describe('a replay of a subscription', () => {
  beforeEach(() => {
    pipeline.time.now = NOW + 1_000_000;
  });

  it('sends only the failed deliveries, the oldest first, with "only": "failed"', async () => {
    const [first, , third] = [
      await deliver(await store(1), 500),
      await deliver(await store(2)),
      await deliver(await store(3), 404),
    ];
    await deliver(await store(4, { type: 'other' }));
    await store(5);
    const job = await start();
    expect(job).toMatchObject({ state: 'running', done: 0 });
    expect(await workOff()).toEqual([first?.id, third?.id]);
    expect(await getReplayJob(ports(), 'erp', id, job.id)).toMatchObject({
      state: 'done',
      done: 2,
    });
  });

  it('sends all deliveries with "only": "all", and those never attempted with "only": "missing"', async () => {
    const delivered = await deliver(await store(1));
    const failed = await deliver(await store(2), 500);
    const missing = await store(3);
    await start({ only: 'all' });
    expect(await workOff()).toEqual([delivered.id, failed.id, missing.id]);
    const late = await store(4);
    await start({ only: 'missing' });
    expect(await workOff()).toEqual([late.id]);
  });

  it('sends the events of its time range, both ends included', async () => {
    const events = [];
    for (let second = 1; second <= 5; second++) events.push(await store(second));
    await start({ only: 'all', since: at(2), until: at(4) });
    expect(await workOff()).toEqual(events.slice(1, 4).map((event) => event.id));
  });

  it('continues the numbers of attempts, restarts the schedule and keeps earlier attempts', async () => {
    await deliver(await store(1), 500);
    const [event] = (await pipeline.events.list('erp', { order: 'oldest first' }, { limit: 1, cursor: null }))
      .items;
    const subscription = await current();
    await pipeline.subscriptions.update(subscription, revise(subscription, { retry: [7] }, NOW));
    let failures = 1;
    pipeline.endpoint.answer = () => answers(failures-- > 0 ? 500 : 200);
    await start();
    await workOff();
    const { items } = await pipeline.attemptLog.ofEvent('erp', event?.id ?? '', { limit: 9, cursor: null });
    expect(items.toReversed().map(({ number, trigger, outcome }) => [number, trigger, outcome])).toEqual([
      [1, 'event', 'failure'],
      [2, 'replay', 'failure'],
      [3, 'retry', 'success'],
    ]);
  });

  it('skips first attempts that are still held, and includes deliveries that wait for a retry', async () => {
    await pipeline.subscriptions.create(subscriptionRecord({ id, retry: [3600] }));
    const failed = await deliver(await store(1), 500);
    const subscription = await current();
    await pipeline.subscriptions.update(subscription, revise(subscription, { maxInFlight: 1 }, NOW));
    const held = await deliver(await store(2));
    const missing = await start({ only: 'missing' });
    expect(await workOff()).toEqual([held.id]);
    expect(await getReplayJob(ports(), 'erp', id, missing.id)).toMatchObject({ state: 'done', done: 0 });
    await start({ only: 'failed' });
    expect(await workOff()).toEqual([failed.id]);
    const { items } = await pipeline.mailbox.list(id, { limit: 10, cursor: null });
    expect(items.map(({ eventId, replay }) => [eventId, replay])).toEqual([[failed.id, undefined]]);
  });

  it('sends deliveries that disabling had cancelled, once the subscription is enabled again', async () => {
    await pipeline.subscriptions.create(subscriptionRecord({ id, retry: [3600] }));
    const event = await deliver(await store(1), 500);
    const subscription = await pipeline.subscriptions.get('erp', id);
    if (subscription === null) throw new Error('It is gone.');
    const { now } = pipeline.time;
    const off = revise(subscription, disabled('manual', now), now);
    await pipeline.subscriptions.update(subscription, off);
    await expect(start()).rejects.toThrow(ConflictError);
    await pipeline.subscriptions.update(off, revise(off, { enabled: true }, now));
    pipeline.time.now += 1;
    await start();
    expect(await workOff()).toEqual([event.id]);
  });

  it('sends deliveries that were held when their subscription was disabled', async () => {
    await pipeline.subscriptions.create(
      subscriptionRecord({ id, retry: 'none', createdAt: at(0), updatedAt: at(0), maxInFlight: 1 }),
    );
    const held = await deliver(await store(6));
    await store(-5);
    const subscription = await current();
    const { now } = pipeline.time;
    const off = revise(subscription, disabled('failing', now), now);
    await pipeline.subscriptions.update(subscription, off);
    await workOff();
    expect(pipeline.requests).toEqual([]);
    await pipeline.subscriptions.update(off, revise(off, { enabled: true }, now));
    pipeline.time.now += 1;
    await start({ since: at(-10) });
    expect(await workOff()).toEqual([held.id]);
    await start({ since: at(-10) });
    expect(await workOff()).toEqual([]);
  });

  it('does not send suppressed events', async () => {
    await store(1, { suppress: true });
    for (const only of ['all', 'missing'] as const) {
      const job = await start({ only });
      expect(await workOff()).toEqual([]);
      expect(await getReplayJob(ports(), 'erp', id, job.id)).toMatchObject({ state: 'done', done: 0 });
    }
  });

  it('does not include events that were accepted after it was requested', async () => {
    await store(1);
    const job = await start({ only: 'all', until: at(10_000_000) });
    expect(job.until).toBe(job.requestedAt);
  });

  it('is cancelled when its subscription is removed', async () => {
    for (let second = 1; second <= 3; second++) await store(second);
    const job = await start({ only: 'all' });
    const subscription = await pipeline.subscriptions.get('erp', id);
    if (subscription === null) throw new Error('It is gone.');
    await pipeline.subscriptions.delete(subscription);
    expect(await workOff()).toEqual([]);
    expect(await getReplayJob(ports(), 'erp', id, job.id)).toMatchObject({ state: 'cancelled', done: 0 });
  });

  it('waits while its subscription is paused, and goes on when it is resumed', async () => {
    const event = await store(1);
    const subscription = await current();
    await pipeline.subscriptions.update(subscription, revise(subscription, { paused: true }, NOW));
    const job = await start({ only: 'all' });
    expect(await workOff()).toEqual([]);
    expect(await getReplayJob(ports(), 'erp', id, job.id)).toMatchObject({ state: 'running', done: 0 });
    const paused = await current();
    await pipeline.subscriptions.update(paused, revise(paused, { paused: false }, NOW));
    await wakePump(ports(), 'erp', id, pipeline.time.now);
    expect(await workOff()).toEqual([event.id]);
  });

  it('starts through the sweeper if whoever started it died before the pump was awake', async () => {
    const event = await deliver(await store(1), 500);
    const woken = pipeline.flows.wake;
    pipeline.flows.wake = () => Promise.reject(new Error('The function died.'));
    await expect(start()).rejects.toThrow('died');
    pipeline.flows.wake = woken;
    expect(await workOff()).toEqual([]);
    pipeline.time.now += 6 * 60_000;
    await pipeline.sweep();
    expect(await workOff()).toEqual([event.id]);
    expect((await listed()).map(({ state }) => state)).toEqual(['done']);
  });

  it('is cancelled on request, unless it has ended', async () => {
    await store(1);
    const job = await start({ only: 'all' });
    expect(await cancelReplay(ports(), 'erp', id, job.id)).toMatchObject({ state: 'cancelled' });
    expect(await workOff()).toEqual([]);
    const second = await start({ only: 'all' });
    expect(await workOff()).toHaveLength(1);
    expect(await cancelReplay(ports(), 'erp', id, second.id)).toMatchObject({ state: 'done', done: 1 });
    expect((await listed()).map(({ state }) => state)).toEqual(['done', 'cancelled']);
  });

  it('excludes a second replay of the subscription until it has ended', async () => {
    await store(1);
    const first = await start();
    await expect(start()).rejects.toThrow(first.id);
    await workOff();
    await expect(start()).resolves.toBeDefined();
  });

  it('is not visible to another project', async () => {
    const job = await start();
    await expect(getReplayJob(ports(), 'crm', id, job.id)).rejects.toThrow(NotFoundError);
    const request = { since: at(0), until: undefined, only: 'all' } as const;
    await expect(startReplay(ports(), 'crm', id, request)).rejects.toThrow(NotFoundError);
    await expect(cancelReplay(ports(), 'crm', id, job.id)).rejects.toThrow(NotFoundError);
    await expect(listReplayJobs(ports(), 'crm', id, { limit: 9, cursor: null })).rejects.toThrow(
      NotFoundError,
    );
  });
});

describe('a replay of an event', () => {
  const replay = (event: Event, subscriptionId?: string) =>
    replayEvent(
      {
        subscriptions: pipeline.subscriptions,
        internalQueue: pipeline.internalQueue.queue,
        retriesQueue: deliveryQueue(pipeline.retriesQueue.queue),
        clock: pipeline.clock,
      },
      event,
      subscriptionId,
    );

  it('sends one subscription’s delivery through the retries queue, in the project’s message group', async () => {
    const event = await deliver(await store(1));
    await pipeline.subscriptions.create(subscriptionRecord());
    expect(await replay(event, id)).toMatch(/^rpl_/);
    expect(pipeline.retriesQueue.sent).toMatchObject([{ groupId: 'erp' }]);
    expect(await workOff()).toEqual([event.id]);
    expect(await attemptsOf(event)).toMatchObject([
      { number: 2, trigger: 'replay', outcome: 'success' },
      { number: 1, trigger: 'event' },
    ]);
    expect(pipeline.deliveriesQueue.sent).toEqual([]);
  });

  it('sends the event to every matching subscription, in as many steps as needed', async () => {
    const event = await store(1);
    for (let n = 0; n < 24; n++) await pipeline.subscriptions.create(subscriptionRecord());
    await pipeline.subscriptions.create(subscriptionRecord({ events: ['other'] }));
    await replay(event);
    for (let steps = takeAll(pipeline.internalQueue); steps.length > 0; ) {
      expect(await pipeline.fanOut(10)(steps)).toEqual([]);
      steps = takeAll(pipeline.internalQueue);
    }
    expect(pipeline.deliveriesQueue.sent).toEqual([]);
    expect(await workOff()).toHaveLength(25);
    expect(pipeline.requests).toHaveLength(25);
  });

  it('is rejected, with the reason, for a subscription that does not match', async () => {
    const event = await store(1);
    const off = subscriptionRecord({ enabled: false });
    const other = subscriptionRecord({ events: ['other'] });
    for (const subscription of [off, other]) await pipeline.subscriptions.create(subscription);
    await expect(replay(event, off.id)).rejects.toThrow(/disabled/);
    await expect(replay(event, other.id)).rejects.toThrow(/does not match invoice.created/);
    await expect(replay(event, 'sub_gone')).rejects.toThrow(ValidationError);
  });

  it('is rejected if the event is suppressed', async () => {
    await expect(replay(await store(1, { suppress: true }), id)).rejects.toThrow(/suppressed/);
  });

  it('throws if it could not be queued', async () => {
    const event = await store(1);
    refuseAll(pipeline.retriesQueue);
    await expect(replay(event, id)).rejects.toThrow(/again/);
  });

  it('sends nothing once the event has expired', async () => {
    const event = await store(1);
    await replay(event, id);
    pipeline.time.now = event.expiresAt;
    expect(await workOff()).toEqual([]);
  });

  it('goes through the mailbox unless the endpoint is direct', async () => {
    await pipeline.subscriptions.create(subscriptionRecord({ id, maxInFlight: 1 }));
    const event = await store(1);
    const replayId = await replay(event, id);
    await pipeline.deliver()(takeAll(pipeline.retriesQueue));
    expect(pipeline.requests).toEqual([]);
    expect((await pipeline.mailbox.list(id, { limit: 10, cursor: null })).items).toMatchObject([
      { eventId: event.id, number: 1, replay: { id: replayId, after: 0 } },
    ]);
    expect(await workOff()).toEqual([event.id]);
    expect(await attemptsOf(event)).toMatchObject([{ number: 1, trigger: 'replay', outcome: 'success' }]);
  });

  it('does not overwrite a retry of the same number', async () => {
    await pipeline.subscriptions.create(subscriptionRecord({ id, retry: [5] }));
    const event = await deliver(await store(1), 500);
    await replay(event, id);
    await workOff();
    expect((await attemptsOf(event)).map(({ number, trigger }) => [number, trigger]).toSorted()).toEqual([
      [1, 'event'],
      [2, 'replay'],
      [2, 'retry'],
    ]);
  });
});
