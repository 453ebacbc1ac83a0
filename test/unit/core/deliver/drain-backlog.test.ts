import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { PUBLIC_DESTINATIONS } from '../../../../core/contract.ts';
import { RenderError } from '../../../../core/kernel/errors.ts';
import { changeSubscription } from '../../../../core/manage/change-subscription.ts';
import { readDeliveryMessage } from '../../../../core/model/delivery-message.ts';
import type { OutgoingMessage } from '../../../../core/model/queue-message.ts';
import type { SendResult } from '../../../../core/model/send-result.ts';
import { disabled, revise } from '../../../../core/model/subscription.ts';
import type { BodyFormat } from '../../../../core/request/formats/body-format.ts';
import { formats } from '../../../../core/request/formats.ts';
import { answers } from '../../../support/in-memory/sender.ts';
import {
  deliveryBody,
  inMemoryPipeline,
  type Pipeline,
  received,
  takeAll,
} from '../../../support/pipeline.ts';
import { eventRecord, NOW, projectRecord, subscriptionRecord, unique } from '../../../support/records.ts';

const refused: SendResult = { error: 'connection', detail: 'refused', durationMs: 1 };
const HOUR = 3_600_000;
const policy = PUBLIC_DESTINATIONS;

describe('an endpoint that is down', () => {
  let pipeline: Pipeline;
  let id: string;
  /** The ids of the events that were sent to the endpoint, in order. */
  let asked: string[];
  let sweptLater: { message: OutgoingMessage; at: number }[];
  let answer: (eventId: string) => SendResult;
  beforeEach(async () => {
    pipeline = inMemoryPipeline();
    await pipeline.projects.create(projectRecord({ id: 'erp' }), []);
    id = unique('sub');
    await pipeline.subscriptions.create(subscriptionRecord({ id }));
    asked = [];
    sweptLater = [];
    answer = () => refused;
    pipeline.endpoint.answer = ({ headers }) => {
      const eventId = headers['webhook-id'] ?? '';
      asked.push(eventId);
      return answer(eventId);
    };
  });

  /** Publish events a second apart and deliver them. Return their ids. */
  const publish = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let n = 0; n < count; n++) {
      pipeline.time.now += 1000;
      const event = eventRecord({ acceptedAt: new Date(pipeline.time.now).toISOString() });
      await pipeline.events.putOnce(event, event.id);
      const delivery = { project: 'erp', subscriptionId: id, number: 1, trigger: 'event' } as const;
      const message = received({ body: deliveryBody({ ...delivery, event: event }) });
      expect(await pipeline.deliver()([message])).toEqual([]);
      ids.push(event.id);
    }
    return ids;
  };
  const held = async () =>
    (await pipeline.parked.held(id, 1000)).map(({ eventId, number }) => [eventId, number]);
  const health = async () => (await pipeline.subscriptions.get('erp', id))?.health;
  const attempts = async () =>
    (await pipeline.attemptLog.ofSubscription(id, { limit: 100, cursor: null })).items;
  /** Let time pass, and deliver the messages that the sweeper sends. Messages in the retries queue are dropped before. */
  const look = async (after: number): Promise<string[]> => {
    pipeline.retriesQueue.sent.length = 0;
    pipeline.time.now += after;
    await pipeline.sweep();
    const sent = pipeline.retriesQueue.sent.splice(0);
    sweptLater.push(
      ...sent.map((message) => ({ message, at: pipeline.time.now + (message.delaySeconds ?? 0) * 1000 })),
    );
    const due = sweptLater.filter(({ at }) => at <= pipeline.time.now);
    sweptLater = sweptLater.filter(({ at }) => at > pipeline.time.now);
    return pipeline.deliver()(due.map(({ message }) => received(message)));
  };
  const breakDown = () => publish(5);

  it('has its breaker opened by the fifth consecutive outage, and later deliveries are held without consuming an attempt', async () => {
    await publish(4);
    expect(await health()).toMatchObject({ state: 'failing', consecutiveFailures: 4 });
    await publish(1);
    expect(await health()).toMatchObject({ state: 'open', consecutiveFailures: 5 });
    const later = await publish(3);
    expect(asked).toHaveLength(5);
    expect(await held()).toEqual(later.map((eventId) => [eventId, 1]));
    expect(await attempts()).toHaveLength(5);
    expect((await health())?.consecutiveFailures).toBe(5);
  });

  it('costs one write of its failures and one of its breaker for the outages of one invocation', async () => {
    const writes: string[] = [];
    for (const name of ['recordFailures', 'openBreaker', 'recordSuccess'] as const) {
      const write = pipeline.health[name] as (...args: unknown[]) => Promise<never>;
      pipeline.health[name] = (...args: unknown[]) => {
        writes.push(name);
        return write(...args);
      };
    }
    const event = eventRecord();
    const delivery = { project: 'erp', subscriptionId: id, number: 1, trigger: 'event' } as const;
    const batch = Array.from({ length: 10 }, () =>
      received({ body: deliveryBody({ ...delivery, event: event }) }),
    );
    await pipeline.deliver()(batch);
    expect(writes).toEqual(['recordFailures', 'openBreaker']);
  });

  it.each([
    ['refuses events', 404],
    ['redirects events', 302],
    ['asks for a pause', 429],
  ])('has no breaker opened while it responds, even if it %s', async (_, status) => {
    answer = () => answers(status);
    await publish(8);
    expect(asked).toHaveLength(8);
    expect((await health())?.state).not.toBe('open');
  });

  it('has its retries held with their attempt number', async () => {
    await pipeline.subscriptions.create(subscriptionRecord({ id, retry: [5] }));
    await breakDown();
    const retries = takeAll(pipeline.retriesQueue);
    expect(retries).toHaveLength(5);
    await pipeline.deliver()(retries);
    expect(asked).toHaveLength(5);
    expect((await held()).map(([, number]) => number)).toEqual([2, 2, 2, 2, 2]);
  });

  it('is probed with the oldest event only, after ever longer waits', async () => {
    await breakDown();
    const [oldest, ...others] = await publish(4);
    asked = [];
    await look(30_000);
    expect(asked).toEqual([oldest]);
    expect((await held()).map(([eventId]) => eventId)).toEqual(others);
    await look(55_000);
    expect(asked).toHaveLength(1);
    await look(5_000);
    expect(asked).toEqual([oldest, others[0]]);
    expect(await health()).toMatchObject({ state: 'open', consecutiveFailures: 7 });
  });

  it('is probed once, even if two workers receive the same message', async () => {
    await breakDown();
    await publish(4);
    asked = [];
    pipeline.retriesQueue.sent.length = 0;
    pipeline.time.now += 30_000;
    await pipeline.sweep();
    const messages = takeAll(pipeline.retriesQueue);
    await Promise.all([pipeline.deliver()(messages), pipeline.deliver()(messages)]);
    expect(asked).toHaveLength(1);
  });

  it('gets its backlog one event at a time, the oldest first, once it has recovered, and its breaker closes', async () => {
    await breakDown();
    const waiting = await publish(45);
    asked = [];
    let under = 0;
    let most = 0;
    pipeline.endpoint.answer = async ({ headers }) => {
      asked.push(headers['webhook-id'] ?? '');
      most = Math.max(most, ++under);
      await Promise.resolve();
      under--;
      return answers(200);
    };
    await look(30_000);
    expect(asked).toEqual(waiting);
    expect(most).toBe(1);
    expect(await health()).toMatchObject({ state: 'healthy', consecutiveFailures: 0 });
    expect(await held()).toEqual([]);
    await publish(1);
    expect(asked).toHaveLength(46);
  });

  it('gets events published meanwhile at once, as soon as it has accepted one', async () => {
    await breakDown();
    await publish(3);
    let live: string[] = [];
    answer = () => answers(200);
    const { held: lookAt } = pipeline.parked;
    pipeline.parked.held = async (...args) => {
      const page = await lookAt(...args);
      if (asked.length > 5 && live.length === 0) live = await publish(1);
      return page;
    };
    await look(30_000);
    expect(asked).toContain(live[0]);
    expect(await held()).toEqual([]);
  });

  it('keeps the rest of its backlog in order if it fails again halfway', async () => {
    await breakDown();
    const waiting = await publish(6);
    asked = [];
    answer = (eventId) => (eventId === waiting[3] ? refused : answers(200));
    const told: unknown[] = [];
    pipeline.log.warn = (message, fields) => message === 'probe failed' && told.push(fields);
    await look(30_000);
    expect(told).toMatchObject([{ delivered: 3 }]);
    expect(asked).toEqual(waiting.slice(0, 4));
    expect((await held()).map(([eventId]) => eventId)).toEqual(waiting.slice(4));
    answer = () => answers(200);
    await look(30_000);
    expect(asked.slice(4)).toEqual(waiting.slice(4));
  });

  it('gets no more of its backlog for now if it responds with a 429 halfway', async () => {
    await breakDown();
    const waiting = await publish(4);
    asked = [];
    answer = (eventId) => answers(eventId === waiting[1] ? 429 : 200);
    await look(30_000);
    expect(asked).toEqual(waiting.slice(0, 2));
    expect((await held()).map(([eventId]) => eventId)).toEqual(waiting.slice(2));
  });

  it('gets the next event after it refused one, having accepted another', async () => {
    await breakDown();
    const waiting = await publish(4);
    asked = [];
    answer = (eventId) => answers(eventId === waiting[1] ? 404 : 200);
    await look(30_000);
    expect(asked).toEqual(waiting);
  });

  it('has its breaker closed by the first success, before the second request is sent', async () => {
    await breakDown();
    await publish(2);
    const states: unknown[] = [];
    pipeline.endpoint.answer = async () => {
      states.push((await health())?.state);
      return answers(200);
    };
    await look(30_000);
    expect(states).toEqual(['open', 'healthy']);
  });

  it('keeps its breaker for two minutes after it closed, even if it fails once more', async () => {
    await breakDown();
    const waiting = await publish(3);
    answer = (eventId) => (eventId === waiting[1] ? refused : answers(200));
    await look(30_000);
    const closedAt = pipeline.time.now;
    expect(pipeline.breakerOf(id)?.work).toMatchObject({ breaker: { failedProbes: 0, closedAt } });
    answer = () => refused;
    await look(30_000);
    expect(pipeline.breakerOf(id)?.work).toMatchObject({ breaker: { failedProbes: 0, closedAt } });
    expect(await held()).toEqual([]);
    await look(60_000);
    expect(pipeline.breakerOf(id)?.dueAt).toBe(closedAt + 120_000);
    await look(30_000);
    expect(pipeline.breakerOf(id)).toBeUndefined();
  });

  it('is not probed again once its subscription was removed during a probe', async () => {
    await breakDown();
    await publish(3);
    asked = [];
    pipeline.endpoint.answer = async ({ headers }) => {
      asked.push(headers['webhook-id'] ?? '');
      const subscription = await pipeline.subscriptions.get('erp', id);
      if (subscription) await pipeline.subscriptions.delete(subscription);
      return refused;
    };
    expect(await look(30_000)).toEqual([]);
    expect(asked).toHaveLength(1);
    await look(HOUR);
    expect(asked).toHaveLength(1);
    expect(await held()).toEqual([]);
  });

  it('gets each event once if its breaker is made due now during a step', async () => {
    await breakDown();
    const waiting = await publish(6);
    asked = [];
    answer = () => {
      pipeline.time.now += 5_000;
      return answers(200);
    };
    pipeline.retriesQueue.sent.length = 0;
    pipeline.time.now += 30_000;
    await pipeline.sweep();
    const step = pipeline.deliver()(takeAll(pipeline.retriesQueue));
    while (asked.length === 0) await Promise.resolve();
    await pipeline.breakers.makeDueNow(id, pipeline.time.now);
    await step;
    expect(takeAll(pipeline.retriesQueue)).toEqual([]);
    await look(0);
    expect(asked).toEqual(waiting);
  });

  it('is logged with the time of its next probe after a failed probe', async () => {
    await breakDown();
    await publish(1);
    const told: unknown[] = [];
    pipeline.log.warn = (message, fields) => told.push([message, fields]);
    await look(30_000);
    const nextProbeAt = new Date(pipeline.time.now + 60_000).toISOString();
    expect(told).toContainEqual([
      'probe failed',
      { project: 'erp', subscriptionId: id, delivered: 0, failedProbes: 1, nextProbeAt },
    ]);
  });

  it('is not probed again before its Retry-After has passed', async () => {
    await breakDown();
    await publish(2);
    asked = [];
    answer = () => answers(503, { 'retry-after': '600' });
    await look(30_000);
    expect(asked).toHaveLength(1);
    await look(590_000 - 120_000);
    expect(asked).toHaveLength(1);
    await look(130_000);
    expect(asked).toHaveLength(2);
  });

  it('gets at most 20 events per probe while it refuses all of them', async () => {
    await breakDown();
    const waiting = await publish(30);
    asked = [];
    answer = (eventId) => answers(waiting.indexOf(eventId) < 25 ? 422 : 200);
    await look(30_000);
    expect(asked).toEqual(waiting.slice(0, 20));
    expect((await health())?.state).toBe('open');
    await look(30_000);
    expect(asked).toEqual(waiting);
    expect((await health())?.state).toBe('healthy');
  });

  it('gets its whole backlog once it has accepted one event, however many it refuses', async () => {
    await breakDown();
    const waiting = await publish(30);
    asked = [];
    answer = (eventId) => answers(waiting.indexOf(eventId) % 29 === 0 ? 200 : 422);
    await look(30_000);
    expect(asked).toEqual(waiting);
  });

  it('costs one write of its health when it recovers, however large its backlog is', async () => {
    await breakDown();
    await publish(8);
    let writes = 0;
    const { recordSuccess } = pipeline.health;
    pipeline.health.recordSuccess = async (...args) => {
      writes++;
      return recordSuccess(...args);
    };
    answer = () => answers(200);
    await look(30_000);
    expect(writes).toBe(1);
  });

  it('is probed at its new URL despite a stale cached subscription, and the end of its breaker is logged', async () => {
    const worker = pipeline.deliver();
    await breakDown();
    const event = eventRecord();
    const delivery = { project: 'erp', subscriptionId: id, number: 1, trigger: 'event' } as const;
    await pipeline.events.putOnce(event, event.id);
    await worker([received({ body: deliveryBody({ ...delivery, event: event }) })]);
    expect(await held()).toHaveLength(1);
    answer = () => answers(200);
    await changeSubscription({ ...pipeline, policy }, 'erp', id, { url: 'https://example.com/new' });
    pipeline.retriesQueue.sent.length = 0;
    await pipeline.sweep();
    await worker(takeAll(pipeline.retriesQueue));
    expect(pipeline.requests.at(-1)?.url).toBe('https://example.com/new');
    const told: unknown[] = [];
    pipeline.log.info = (message, fields) => told.push([message, fields]);
    await look(120_000);
    expect(told).toContainEqual(['breaker ended', { project: 'erp', subscriptionId: id }]);
  });

  it('does not lose a retry that was held before its probe was recorded', async () => {
    await pipeline.subscriptions.create(subscriptionRecord({ id, retry: [1] }));
    await breakDown();
    const [waiting] = await publish(1);
    const { record } = pipeline.attemptLog;
    pipeline.attemptLog.record = async (attempts) => {
      // The retry is faster than this write.
      const retries = takeAll(pipeline.retriesQueue);
      pipeline.time.now += 1000;
      expect(await pipeline.deliver()(retries)).toEqual([]);
      await record(attempts);
    };
    pipeline.retriesQueue.sent.length = 0;
    await look(30_000);
    expect(await held()).toEqual([[waiting, 2]]);
  });

  it('gets the other held events if one cannot be read', async () => {
    await breakDown();
    const waiting = await publish(3);
    asked = [];
    answer = () => answers(200);
    const told: unknown[] = [];
    pipeline.log.error = (message, fields) => told.push([message, fields]);
    const { get } = pipeline.events;
    pipeline.events.get = async (project, eventId) => {
      if (eventId === waiting[0]) throw new Error('It cannot be read.');
      return get(project, eventId);
    };
    await look(30_000);
    expect(asked).toEqual(waiting.slice(1));
    const { items } = await pipeline.parked.ofSubscription(id, { limit: 10, cursor: null });
    const aside = { eventId: waiting[0], held: false, scheduledFor: pipeline.time.now + 5 * 60_000 };
    expect(items).toMatchObject([aside]);
    const names = { project: 'erp', subscriptionId: id, eventId: waiting[0], number: 1 };
    expect(told).toContainEqual(['held delivery not attempted', expect.objectContaining(names)]);
    pipeline.events.get = get;
    await look(5 * 60_000);
    expect(asked.at(-1)).toBe(waiting[0]);
  });

  it('gets its backlog a day later if its open breaker was lost', async () => {
    await breakDown();
    const waiting = await publish(2);
    const breaker = pipeline.breakerOf(id);
    if (breaker) breaker.dueAt = null;
    asked = [];
    answer = () => answers(200);
    await look(24 * HOUR);
    expect(asked).toEqual([]);
    await look(0);
    expect(asked).toEqual(waiting);
  });

  it('is probed again after a day if its Retry-After is years away', async () => {
    await breakDown();
    await publish(2);
    asked = [];
    answer = () => answers(503, { 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' });
    await look(30_000);
    expect(asked).toHaveLength(1);
    answer = () => answers(200);
    await look(24 * HOUR);
    expect(asked.length).toBeGreaterThan(1);
  });

  it('is probed with the next event if the oldest cannot be rendered', async () => {
    await breakDown();
    const waiting = await publish(2);
    const standard = formats.standard as BodyFormat;
    const { render } = standard;
    const rendering = vi.spyOn(standard, 'render').mockImplementation((input) => {
      if (input.event.id === waiting[0]) throw new RenderError('It has no body.');
      return render(input);
    });
    onTestFinished(() => rendering.mockRestore());
    asked = [];
    await look(30_000);
    expect(asked).toEqual([waiting[1]]);
  });

  it('gets the rest of its backlog through a message to the next step when a step’s time is up', async () => {
    await breakDown();
    const waiting = await publish(10);
    asked = [];
    answer = () => {
      pipeline.time.now += 5_000;
      return answers(200);
    };
    await look(30_000);
    expect(asked).toEqual(waiting.slice(0, 3));
    const steps = takeAll(pipeline.retriesQueue);
    expect(steps).toHaveLength(1);
    await pipeline.deliver()(steps);
    expect(asked).toEqual(waiting.slice(0, 6));
    // The claim of an earlier step is void.
    await pipeline.deliver()(steps);
    expect(asked).toHaveLength(6);
  });

  it('gets the rest of its backlog even if a function dies during a step', async () => {
    await breakDown();
    const waiting = await publish(3);
    asked = [];
    answer = () => answers(200);
    const { release } = pipeline.parked;
    pipeline.parked.release = async () => {
      throw new Error('dead');
    };
    pipeline.time.now += 30_000;
    pipeline.retriesQueue.sent.length = 0;
    await pipeline.sweep();
    await pipeline.deliver()(takeAll(pipeline.retriesQueue));
    expect(asked).toEqual(waiting.slice(0, 1));
    pipeline.parked.release = release;
    await look(6 * 60_000);
    expect(asked.slice(1)).toEqual(waiting);
  });

  it('is probed by the next event if nothing is held', async () => {
    await pipeline.subscriptions.create(subscriptionRecord({ id, retry: 'none' }));
    await breakDown();
    await look(30_000);
    expect(await health()).toMatchObject({ state: 'failing', consecutiveFailures: 5 });
    await publish(1);
    expect(asked).toHaveLength(6);
    expect((await health())?.state).toBe('open');
  });

  it('gets an event that a worker with a stale subscription held after the breaker had closed', async () => {
    await breakDown();
    await publish(1);
    const before = await pipeline.subscriptions.get('erp', id);
    answer = () => answers(200);
    await look(30_000);
    const { get } = pipeline.subscriptions;
    pipeline.subscriptions.get = async () => before;
    const [late] = await publish(1);
    pipeline.subscriptions.get = get;
    expect(await held()).toEqual([[late, 1]]);
    await look(120_000);
    expect(asked.at(-1)).toBe(late);
    expect(await held()).toEqual([]);
    expect(pipeline.breakerOf(id)).toBeUndefined();
  });

  it('keeps its breaker for two minutes after recovery, however many probes had failed', async () => {
    await breakDown();
    await publish(3);
    await look(30_000);
    expect(pipeline.breakerOf(id)?.work).toMatchObject({ breaker: { closedAt: null } });
    answer = () => answers(200);
    await look(HOUR);
    expect(pipeline.breakerOf(id)?.dueAt).toBe(pipeline.time.now + 120_000);
  });

  it('gets an event a day after it was held, even if its breaker was lost', async () => {
    await breakDown();
    const [forgotten] = await publish(1);
    pipeline.health.recordSuccess('erp', id, new Date(pipeline.time.now).toISOString());
    const breaker = pipeline.breakerOf(id);
    if (breaker) breaker.dueAt = null;
    answer = () => answers(200);
    await look(23 * HOUR);
    expect(asked).not.toContain(forgotten);
    await look(HOUR);
    expect(asked.at(-1)).toBe(forgotten);
    expect(await held()).toEqual([]);
  });

  it('gets nothing once its subscription is disabled, and its held deliveries end', async () => {
    await breakDown();
    await publish(25);
    asked = [];
    const subscription = await pipeline.subscriptions.get('erp', id);
    if (subscription === null) throw new Error('It is gone.');
    pipeline.time.now += 1;
    const { now } = pipeline.time;
    await pipeline.subscriptions.update(subscription, revise(subscription, disabled('manual', now), now));
    await look(30_000);
    expect(asked).toEqual([]);
    expect(await held()).toEqual([]);
  });

  it('has its subscription disabled after five days of failed probes', async () => {
    await breakDown();
    await publish(150);
    for (let hour = 0; hour < 125; hour++) await look(HOUR);
    const subscription = await pipeline.subscriptions.get('erp', id);
    expect(subscription).toMatchObject({ enabled: false, disabledReason: 'failing' });
    expect(asked.length).toBeLessThan(140);
  });

  it('has its backlog sent to the new URL at once after the URL is changed', async () => {
    await breakDown();
    const waiting = await publish(3);
    for (let probe = 0; probe < 2; probe++) await look(HOUR);
    asked = [];
    answer = () => answers(200);
    await changeSubscription({ ...pipeline, policy }, 'erp', id, { url: 'https://example.com/new' });
    expect(await health()).toMatchObject({ state: 'healthy' });
    await look(0);
    expect(asked).toEqual(waiting.slice(2));
  });

  it('does not delay other subscriptions, because its breaker is its own', async () => {
    await breakDown();
    const other = unique('sub');
    await pipeline.subscriptions.create(subscriptionRecord({ id: other }));
    answer = () => answers(200);
    const delivery = { project: 'erp', subscriptionId: other, number: 1, trigger: 'event' } as const;
    const before = asked.length;
    await pipeline.deliver()([received({ body: deliveryBody({ ...delivery, event: eventRecord() }) })]);
    expect(asked).toHaveLength(before + 1);
  });

  it('has its claims sent in its own message group', async () => {
    await breakDown();
    await publish(1);
    pipeline.retriesQueue.sent.length = 0;
    pipeline.time.now += 30_000;
    await pipeline.sweep();
    expect(pipeline.retriesQueue.sent.map(({ groupId }) => groupId)).toEqual([id]);
    expect(readDeliveryMessage(pipeline.retriesQueue.sent[0]?.body ?? '').kind).toBe('claim');
    expect(NOW).toBeLessThan(pipeline.time.now);
  });
});
