import { beforeEach, describe, expect, it } from 'vitest';
import { readDeliveryMessage } from '../../../../core/model/delivery-message.ts';
import type { SendResult } from '../../../../core/model/send-result.ts';
import { answers } from '../../../support/in-memory/sender.ts';
import {
  deliveryBody,
  inMemoryPipeline,
  type Pipeline,
  received,
  refuseAll,
  takeAll,
} from '../../../support/pipeline.ts';
import { eventRecord, NOW, projectRecord, subscriptionRecord } from '../../../support/records.ts';

const DAY = 86_400_000;
const refused: SendResult = { error: 'connection', detail: 'refused', durationMs: 1 };

describe('the health of an endpoint', () => {
  let pipeline: Pipeline;
  let writes: string[];
  beforeEach(async () => {
    pipeline = inMemoryPipeline();
    await pipeline.projects.create(projectRecord({ id: 'erp' }), []);
    writes = [];
    const { recordFailures, recordSuccess } = pipeline.health;
    pipeline.health.recordFailures = async (...args) => {
      writes.push(`${args[2].failures} failures`);
      return recordFailures(...args);
    };
    pipeline.health.recordSuccess = async (...args) => {
      writes.push('success');
      return recordSuccess(...args);
    };
  });
  const subscribe = async (given: Parameters<typeof subscriptionRecord>[0] = {}) => {
    const subscription = subscriptionRecord({ retry: 'none', ...given });
    await pipeline.subscriptions.create(subscription);
    return subscription.id;
  };
  const deliver = (id: string, count: number, ...results: SendResult[]) => {
    const left = [...results];
    pipeline.endpoint.answer = () => left.shift() ?? answers(200);
    const delivery = { project: 'erp', subscriptionId: id, number: 1, trigger: 'event' } as const;
    return pipeline.deliver()(
      Array.from({ length: count }, () =>
        received({ body: deliveryBody({ ...delivery, event: eventRecord() }) }),
      ),
    );
  };
  const healthOf = async (id: string) => (await pipeline.subscriptions.get('erp', id))?.health;
  const operationalEvents = () => takeAll(pipeline.eventsQueue).map(({ body }) => JSON.parse(body));

  it('costs no write while all attempts succeed', async () => {
    const id = await subscribe();
    await deliver(id, 10);
    expect(writes).toEqual([]);
    expect(await healthOf(id)).toMatchObject({ state: 'healthy', consecutiveFailures: 0 });
  });

  it('costs one write per invocation while attempts fail, and one on recovery', async () => {
    const id = await subscribe();
    await deliver(id, 3, refused, answers(500), answers(404));
    expect(await healthOf(id)).toEqual({
      state: 'failing',
      consecutiveFailures: 3,
      firstFailureAt: new Date(NOW).toISOString(),
      lastSuccessAt: null,
    });
    pipeline.time.now += 1000;
    await deliver(id, 1, refused);
    expect(await healthOf(id)).toMatchObject({
      consecutiveFailures: 4,
      firstFailureAt: new Date(NOW).toISOString(),
    });
    await deliver(id, 2, refused);
    await deliver(id, 5);
    expect(writes).toEqual(['3 failures', '1 failures', 'success']);
    expect(await healthOf(id)).toEqual({
      state: 'healthy',
      consecutiveFailures: 0,
      firstFailureAt: null,
      lastSuccessAt: new Date(NOW + 1000).toISOString(),
    });
  });

  it('recovers after a successful retry, even if the cached subscription has no failures', async () => {
    const id = await subscribe({ retry: [5] });
    const remembered = await pipeline.subscriptions.get('erp', id);
    pipeline.subscriptions.get = async () => remembered;
    await deliver(id, 1, answers(503));
    pipeline.time.now += 5000;
    pipeline.endpoint.answer = () => answers(200);
    await pipeline.deliver()(takeAll(pipeline.retriesQueue));
    expect(writes).toEqual(['1 failures', 'success']);
  });

  it('is published as one event when a 410 ends the subscription, however many deliveries get a 410 at once', async () => {
    for (const onGone of ['disable', 'remove'] as const) {
      const id = await subscribe({ onGone });
      await deliver(id, 5, ...Array.from({ length: 5 }, () => answers(410)));
      const published = operationalEvents();
      expect(new Set(published.map((event) => event.id)).size).toBe(1);
      expect(published[0]).toMatchObject({
        type: 'ancrage.subscription.disabled',
        data: { subscriptionId: id, reason: 'gone' },
      });
    }
  });

  it('does not disable a subscription before the event about it could be published', async () => {
    const id = await subscribe();
    const send = pipeline.eventsQueue.queue.send;
    refuseAll(pipeline.eventsQueue);
    expect(await deliver(id, 1, answers(410))).toHaveLength(1);
    expect(await pipeline.subscriptions.get('erp', id)).toMatchObject({ enabled: true });
    pipeline.eventsQueue.queue.send = send;
    expect(await deliver(id, 1, answers(410))).toEqual([]);
    expect(await pipeline.subscriptions.get('erp', id)).toMatchObject({ enabled: false });
    expect(operationalEvents()).toHaveLength(1);
  });

  it('does not suffer from a 429 or from a render error', async () => {
    const id = await subscribe();
    await deliver(id, 2, answers(429), answers(429));
    await deliver(await subscribe({ format: 'unknown' }), 1);
    expect(writes).toEqual([]);
  });

  it('does not cause a delivery to be repeated if it cannot be written', async () => {
    const id = await subscribe();
    pipeline.health.recordFailures = async () => Promise.reject(new Error('throttled'));
    expect(await deliver(id, 1, refused)).toEqual([]);
    expect(pipeline.requests).toHaveLength(1);
  });

  it('disables a subscription after five days without a success, and publishes that', async () => {
    const id = await subscribe();
    await deliver(id, 1, refused);
    pipeline.time.now = NOW + 5 * DAY - 1;
    await deliver(id, 1, refused);
    expect(await pipeline.subscriptions.get('erp', id)).toMatchObject({ enabled: true });
    operationalEvents();
    pipeline.time.now = NOW + 5 * DAY;
    await deliver(id, 1, refused);
    expect(await pipeline.subscriptions.get('erp', id)).toMatchObject({
      enabled: false,
      disabledReason: 'failing',
    });
    const published = operationalEvents().filter(({ type }) => type === 'ancrage.subscription.disabled');
    expect(published).toMatchObject([
      { project: 'erp', data: { subscriptionId: id, reason: 'failing', since: new Date(NOW).toISOString() } },
    ]);
  });

  it('does not disable a subscription that succeeded in between', async () => {
    const id = await subscribe();
    await deliver(id, 1, refused);
    pipeline.time.now = NOW + 3 * DAY;
    await deliver(id, 1);
    pipeline.time.now = NOW + 6 * DAY;
    await deliver(id, 1, refused);
    expect(await pipeline.subscriptions.get('erp', id)).toMatchObject({
      enabled: true,
      health: { consecutiveFailures: 1 },
    });
  });

  it('is published as an event when a delivery is exhausted, which is delivered like any other event', async () => {
    const id = await subscribe({ events: ['invoice.created', 'ancrage.*'] });
    await deliver(id, 1, refused);
    const [message] = takeAll(pipeline.eventsQueue);
    if (message === undefined) throw new Error('Nothing was published.');
    expect(await pipeline.fanOut()([message])).toEqual([]);
    const [read] = pipeline.deliveriesQueue.sent.map(({ body }) => readDeliveryMessage(body));
    if (read?.kind !== 'delivery') throw new Error('It was not delivered.');
    expect(read.delivery.event.type).toBe('ancrage.delivery.exhausted');
    expect(JSON.parse(read.delivery.event.data)).toMatchObject({
      subscriptionId: id,
      eventType: 'invoice.created',
      attempts: 1,
    });

    // If the delivery of that event fails too, nothing more is published.
    pipeline.endpoint.answer = () => refused;
    await pipeline.deliver()(takeAll(pipeline.deliveriesQueue));
    expect(operationalEvents()).toEqual([]);
  });

  it('cannot be forged, because a publisher’s event of a reserved type is rejected', async () => {
    const forged = received({
      body: JSON.stringify({ project: 'erp', type: 'ancrage.delivery.exhausted', data: {} }),
    });
    expect(await pipeline.fanOut()([forged])).toEqual([]);
    expect(pipeline.deadLetterQueue.sent[0]?.attributes?.reason).toMatch(/reserved/);
  });
});
