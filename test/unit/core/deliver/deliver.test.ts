import { beforeEach, describe, expect, it } from 'vitest';
import { readDeliveryMessage } from '../../../../core/model/delivery-message.ts';
import type { QueueMessage } from '../../../../core/model/queue-message.ts';
import { disabled, revise } from '../../../../core/model/subscription.ts';
import { answers } from '../../../support/in-memory/sender.ts';
import {
  deliveryBody,
  inMemoryPipeline,
  type Pipeline,
  received,
  refuseAll,
  takeAll,
} from '../../../support/pipeline.ts';
import { eventRecord, NOW, parkedRecord, subscriptionRecord } from '../../../support/records.ts';

describe('deliver', () => {
  let pipeline: Pipeline;
  beforeEach(() => {
    pipeline = inMemoryPipeline();
  });
  const event = eventRecord();
  const subscribe = async (given: Parameters<typeof subscriptionRecord>[0] = {}) => {
    const subscription = subscriptionRecord(given);
    await pipeline.subscriptions.create(subscription);
    return subscription;
  };
  const messageFor = (subscriptionId: string, number = 1): QueueMessage =>
    received({
      body: deliveryBody({
        project: 'erp',
        subscriptionId,
        number,
        trigger: number === 1 ? 'event' : 'retry',
        event: event,
      }),
    });
  const attemptsOf = async (id: string) =>
    (await pipeline.attemptLog.ofSubscription(id, { limit: 100, cursor: null })).items;
  const parkedOf = async (id: string) =>
    (await pipeline.parked.ofSubscription(id, { limit: 100, cursor: null })).items;

  it('records a success and schedules nothing', async () => {
    const { id } = await subscribe();
    expect(await pipeline.deliver()([messageFor(id)])).toEqual([]);
    expect(await attemptsOf(id)).toMatchObject([{ number: 1, outcome: 'success', nextAttemptAt: null }]);
    expect(pipeline.retriesQueue.sent).toEqual([]);
  });

  it('queues the next attempt after a failure, with its delay and in the subscription’s message group', async () => {
    const { id } = await subscribe({ retry: [7] });
    pipeline.endpoint.answer = () => answers(500);
    expect(await pipeline.deliver()([messageFor(id)])).toEqual([]);
    expect(await attemptsOf(id)).toMatchObject([
      { outcome: 'failure', error: 'status', nextAttemptAt: new Date(NOW + 7000).toISOString() },
    ]);
    const [retry] = pipeline.retriesQueue.sent;
    expect(retry).toMatchObject({ delaySeconds: 7, groupId: id });
    expect(readDeliveryMessage(retry?.body ?? '')).toMatchObject({
      delivery: { number: 2, trigger: 'retry', event: { id: event.id, data: event.data } },
    });
  });

  it('does not acknowledge a message if the next attempt could not be scheduled', async () => {
    const queued = await subscribe({ retry: [7] });
    const parked = await subscribe({ retry: [3600] });
    pipeline.endpoint.answer = () => answers(500);
    refuseAll(pipeline.retriesQueue);
    pipeline.parked.park = async () => Promise.reject(new Error('throttled'));
    const messages = [messageFor(queued.id), messageFor(parked.id)];
    expect(await pipeline.deliver()(messages)).toEqual(messages.map(({ id }) => id));
    expect(await attemptsOf(queued.id)).toEqual([]);
  });

  it('acknowledges a message if only the attempt could not be recorded', async () => {
    const { id } = await subscribe();
    pipeline.attemptLog.record = async () => Promise.reject(new Error('throttled'));
    expect(await pipeline.deliver()([messageFor(id)])).toEqual([]);
    expect(pipeline.requests).toHaveLength(1);
  });

  it('records a quick attempt while a slow one of the same invocation is still under way', async () => {
    const [slow, quick] = [await subscribe({ url: 'https://slow.example/' }), await subscribe()];
    const { promise, resolve } = Promise.withResolvers<ReturnType<typeof answers>>();
    pipeline.endpoint.answer = ({ url }) => (url === 'https://slow.example/' ? promise : answers(200));
    const recorded = Promise.withResolvers<void>();
    const record = pipeline.attemptLog.record;
    pipeline.attemptLog.record = async (attempts) => {
      await record(attempts);
      recorded.resolve();
    };
    const batch = pipeline.deliver()([messageFor(slow.id), messageFor(quick.id)]);
    await recorded.promise;
    expect(await attemptsOf(quick.id)).toHaveLength(1);
    resolve(answers(200));
    await batch;
    expect(await attemptsOf(slow.id)).toHaveLength(1);
  });

  it('parks a retry that waits longer than SQS can delay it', async () => {
    const { id } = await subscribe({ retry: [900, 901] });
    pipeline.endpoint.answer = () => answers(500);
    await pipeline.deliver()([messageFor(id)]);
    expect(pipeline.retriesQueue.sent[0]).toMatchObject({ delaySeconds: 900 });
    await pipeline.deliver()(takeAll(pipeline.retriesQueue));
    expect(pipeline.retriesQueue.sent).toEqual([]);
    expect(await parkedOf(id)).toMatchObject([{ number: 3, eventId: event.id, scheduledFor: NOW + 901_000 }]);
  });

  it('sends nothing for a subscription that is gone, disabled or no longer matches the type', async () => {
    const disabled = await subscribe({ enabled: false });
    const changed = await subscribe({ events: ['other'] });
    expect(
      await pipeline.deliver()(['sub_gone', disabled.id, changed.id].map((id) => messageFor(id))),
    ).toEqual([]);
    expect(pipeline.requests).toEqual([]);
  });

  it('does not cancel a delivery because of a stale cached subscription', async () => {
    const before = await subscribe({ events: ['other'] });
    const { get } = pipeline.subscriptions;
    let reads = 0;
    pipeline.subscriptions.get = async (...key) => (reads++ === 0 ? before : get(...key));
    await pipeline.subscriptions.update(before, revise(before, { events: ['invoice.created'] }, NOW));
    expect(await pipeline.deliver()([messageFor(before.id)])).toEqual([]);
    expect(await attemptsOf(before.id)).toMatchObject([{ outcome: 'success' }]);
  });

  it('ends a delivery that its subscription no longer wants, and records that no attempt follows', async () => {
    const subscription = await subscribe({ retry: [7, 3600] });
    pipeline.endpoint.answer = () => answers(500);
    await pipeline.deliver()([messageFor(subscription.id)]);
    expect(await attemptsOf(subscription.id)).toMatchObject([{ nextAttemptAt: expect.any(String) }]);
    await pipeline.subscriptions.update(subscription, { ...subscription, enabled: false, version: 2 });
    expect(await pipeline.deliver()(takeAll(pipeline.retriesQueue))).toEqual([]);
    expect(await attemptsOf(subscription.id)).toMatchObject([{ number: 1, nextAttemptAt: null }]);
  });

  it('never delivers an event from before the subscription was disabled, even after it is enabled again', async () => {
    const subscription = await subscribe({ retry: [7, 7] });
    pipeline.endpoint.answer = () => answers(500);
    await pipeline.deliver()([messageFor(subscription.id)]);
    const off = revise(subscription, disabled('manual', NOW), NOW);
    await pipeline.subscriptions.update(subscription, off);
    await pipeline.subscriptions.update(off, revise(off, { enabled: true }, NOW));
    expect(await pipeline.deliver()(takeAll(pipeline.retriesQueue))).toEqual([]);
    expect(pipeline.requests).toHaveLength(1);
    const later = eventRecord({ acceptedAt: new Date(NOW + 1).toISOString() });
    const delivery = {
      project: 'erp',
      subscriptionId: subscription.id,
      number: 1,
      trigger: 'event',
    } as const;
    await pipeline.deliver()([received({ body: deliveryBody({ ...delivery, event: later }) })]);
    expect(pipeline.requests).toHaveLength(2);
  });

  it('exhausts a delivery whose event expires before the next attempt, and publishes that', async () => {
    const { id } = await subscribe({ retry: [3600] });
    const brief = eventRecord({ expiresAt: NOW + 3_600_000 });
    pipeline.endpoint.answer = () => answers(500);
    const delivery = { project: 'erp', subscriptionId: id, number: 1, trigger: 'event' } as const;
    await pipeline.deliver()([received({ body: deliveryBody({ ...delivery, event: brief }) })]);
    expect(await parkedOf(id)).toEqual([]);
    expect(takeAll(pipeline.eventsQueue).map(({ body }) => JSON.parse(body).type)).toEqual([
      'ancrage.delivery.exhausted',
    ]);
  });

  it.each(['disable', 'remove'] as const)(
    'applies onGone "%s" after a 410, and cancels parked deliveries when they fall due',
    async (onGone) => {
      const subscription = await subscribe({ onGone });
      await pipeline.parked.park(parkedRecord({ subscriptionId: subscription.id }));
      pipeline.endpoint.answer = () => answers(410);
      expect(await pipeline.deliver()([messageFor(subscription.id), messageFor(subscription.id)])).toEqual(
        [],
      );
      const left = await pipeline.subscriptions.get('erp', subscription.id);
      if (onGone === 'remove') expect(left).toBeNull();
      else expect(left).toMatchObject({ enabled: false, disabledReason: 'gone', version: 2 });
      expect(pipeline.retriesQueue.sent).toEqual([]);

      pipeline.time.now = NOW + 3_600_000;
      await pipeline.sweep();
      await pipeline.deliver()(takeAll(pipeline.retriesQueue));
      expect(pipeline.requests).toHaveLength(2);
      expect(await parkedOf(subscription.id)).toEqual([]);
    },
  );

  it.each(['disable', 'remove'] as const)(
    'retries on the changed subscription after a 410 of its old URL, with onGone "%s"',
    async (onGone) => {
      const subscription = await subscribe({ onGone });
      const changed = { ...subscription, url: 'https://example.com/new', version: 2 };
      pipeline.endpoint.answer = async () => {
        await pipeline.subscriptions.update(subscription, changed);
        return answers(410);
      };
      expect(await pipeline.deliver()([messageFor(subscription.id)])).toEqual([]);
      const { health: _health, ...left } = changed;
      expect(await pipeline.subscriptions.get('erp', subscription.id)).toMatchObject(left);
      expect(pipeline.retriesQueue.sent).toHaveLength(1);
    },
  );

  it('does not retry a delivery that cannot be rendered', async () => {
    const { id } = await subscribe({ format: 'unknown' });
    expect(await pipeline.deliver()([messageFor(id)])).toEqual([]);
    expect(await attemptsOf(id)).toMatchObject([{ error: 'render', response: null, nextAttemptAt: null }]);
    expect(pipeline.requests).toEqual([]);
  });

  it('returns only the id of a message that it cannot read, and handles the others', async () => {
    const { id } = await subscribe();
    const nonsense = received({ body: 'nonsense' });
    expect(await pipeline.deliver()([nonsense, messageFor(id)])).toEqual([nonsense.id]);
    expect(await attemptsOf(id)).toHaveLength(1);
  });

  describe('of a parked delivery', () => {
    const park = async (subscriptionId: string) => {
      await pipeline.events.putOnce(event, 'm1');
      await pipeline.parked.park(
        parkedRecord({ subscriptionId, eventId: event.id, acceptedAt: event.acceptedAt, scheduledFor: NOW }),
      );
      await pipeline.sweep();
    };

    it('makes the attempt and removes the parked delivery', async () => {
      const { id } = await subscribe();
      await park(id);
      expect(await pipeline.deliver()(takeAll(pipeline.retriesQueue))).toEqual([]);
      expect(await attemptsOf(id)).toMatchObject([{ number: 4, trigger: 'retry', outcome: 'success' }]);
      expect(await parkedOf(id)).toEqual([]);
    });

    it('parks it again for the next attempt', async () => {
      const { id } = await subscribe();
      await park(id);
      pipeline.endpoint.answer = () => answers(500);
      await pipeline.deliver()(takeAll(pipeline.retriesQueue));
      expect(await parkedOf(id)).toMatchObject([{ number: 5, scheduledFor: NOW + 7_200_000 }]);
    });

    it('sends it once, however late and however often its messages are received', async () => {
      const { id } = await subscribe();
      await park(id);
      const messages = takeAll(pipeline.retriesQueue);
      pipeline.time.now += 40 * 60_000;
      await pipeline.sweep();
      messages.push(...takeAll(pipeline.retriesQueue));
      expect(messages).toHaveLength(2);
      for (const message of [...messages, ...messages])
        expect(await pipeline.deliver()([message])).toEqual([]);
      expect(pipeline.requests).toHaveLength(1);
      expect(await parkedOf(id)).toEqual([]);
    });

    it('sends nothing once its event has expired', async () => {
      const { id } = await subscribe();
      await park(id);
      pipeline.time.now = event.expiresAt;
      expect(await pipeline.deliver()(takeAll(pipeline.retriesQueue))).toEqual([]);
      expect(pipeline.requests).toEqual([]);
      expect(await parkedOf(id)).toEqual([]);
    });
  });
});
