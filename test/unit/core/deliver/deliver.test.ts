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

  it('records a success, and nothing follows', async () => {
    const { id } = await subscribe();
    expect(await pipeline.deliver()([messageFor(id)])).toEqual([]);
    expect(await attemptsOf(id)).toMatchObject([{ number: 1, outcome: 'success', nextAttemptAt: null }]);
    expect(pipeline.retriesQueue.sent).toEqual([]);
  });

  it('schedules the next attempt after a failure, with its delay and in the subscription’s group', async () => {
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

  it('does not acknowledge when the next attempt could not be scheduled', async () => {
    const queued = await subscribe({ retry: [7] });
    const parked = await subscribe({ retry: [3600] });
    pipeline.endpoint.answer = () => answers(500);
    refuseAll(pipeline.retriesQueue);
    pipeline.parked.park = async () => Promise.reject(new Error('throttled'));
    const messages = [messageFor(queued.id), messageFor(parked.id)];
    expect(await pipeline.deliver()(messages)).toEqual(messages.map(({ id }) => id));
    expect(await attemptsOf(queued.id)).toEqual([]);
  });

  it('acknowledges when only the record of the attempt could not be written', async () => {
    const { id } = await subscribe();
    pipeline.attemptLog.record = async () => Promise.reject(new Error('throttled'));
    expect(await pipeline.deliver()([messageFor(id)])).toEqual([]);
    expect(pipeline.requests).toHaveLength(1);
  });

  it('records a quick attempt while a slow one of the same batch is still under way', async () => {
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

  it('parks what SQS cannot delay so long', async () => {
    const { id } = await subscribe({ retry: [900, 901] });
    pipeline.endpoint.answer = () => answers(500);
    await pipeline.deliver()([messageFor(id)]);
    expect(pipeline.retriesQueue.sent[0]).toMatchObject({ delaySeconds: 900 });
    await pipeline.deliver()(takeAll(pipeline.retriesQueue));
    expect(pipeline.retriesQueue.sent).toEqual([]);
    expect(await parkedOf(id)).toMatchObject([{ number: 3, eventId: event.id, scheduledFor: NOW + 901_000 }]);
  });

  it('sends nothing for a subscription that is gone, disabled, or no longer wants the type', async () => {
    const disabled = await subscribe({ enabled: false });
    const changed = await subscribe({ events: ['other'] });
    expect(
      await pipeline.deliver()(['sub_gone', disabled.id, changed.id].map((id) => messageFor(id))),
    ).toEqual([]);
    expect(pipeline.requests).toEqual([]);
  });

  it('is not cancelled for what a subscription wanted ten seconds ago', async () => {
    const before = await subscribe({ events: ['other'] });
    const { get } = pipeline.subscriptions;
    let reads = 0;
    pipeline.subscriptions.get = async (...key) => (reads++ === 0 ? before : get(...key));
    await pipeline.subscriptions.update(before, revise(before, { events: ['invoice.created'] }, NOW));
    expect(await pipeline.deliver()([messageFor(before.id)])).toEqual([]);
    expect(await attemptsOf(before.id)).toMatchObject([{ outcome: 'success' }]);
  });

  it('of a subscription that no longer wants it ends, and its last attempt says so', async () => {
    const subscription = await subscribe({ retry: [7, 3600] });
    pipeline.endpoint.answer = () => answers(500);
    await pipeline.deliver()([messageFor(subscription.id)]);
    expect(await attemptsOf(subscription.id)).toMatchObject([{ nextAttemptAt: expect.any(String) }]);
    await pipeline.subscriptions.update(subscription, { ...subscription, enabled: false, version: 2 });
    expect(await pipeline.deliver()(takeAll(pipeline.retriesQueue))).toEqual([]);
    expect(await attemptsOf(subscription.id)).toMatchObject([{ number: 1, nextAttemptAt: null }]);
  });

  it('of what was accepted before a subscription was disabled is not made, not even once it is enabled again', async () => {
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

  it('ends where the next one would find its event gone, and the project is told', async () => {
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
    'with 410: %s, and whatever waits ends when it falls due',
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
    'with a 410 of an old URL leaves the changed subscription be, and tries again: %s',
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

  it('does not retry what cannot be rendered', async () => {
    const { id } = await subscribe({ format: 'unknown' });
    expect(await pipeline.deliver()([messageFor(id)])).toEqual([]);
    expect(await attemptsOf(id)).toMatchObject([{ error: 'render', response: null, nextAttemptAt: null }]);
    expect(pipeline.requests).toEqual([]);
  });

  it('fails alone: a message of nonsense does not touch the others', async () => {
    const { id } = await subscribe();
    const nonsense = received({ body: 'nonsense' });
    expect(await pipeline.deliver()([nonsense, messageFor(id)])).toEqual([nonsense.id]);
    expect(await attemptsOf(id)).toHaveLength(1);
  });

  describe('of what was parked', () => {
    const park = async (subscriptionId: string) => {
      await pipeline.events.putOnce(event, 'm1');
      await pipeline.parked.park(
        parkedRecord({ subscriptionId, eventId: event.id, acceptedAt: event.acceptedAt, scheduledFor: NOW }),
      );
      await pipeline.sweep();
    };

    it('makes the attempt, and it waits no longer', async () => {
      const { id } = await subscribe();
      await park(id);
      expect(await pipeline.deliver()(takeAll(pipeline.retriesQueue))).toEqual([]);
      expect(await attemptsOf(id)).toMatchObject([{ number: 4, trigger: 'retry', outcome: 'success' }]);
      expect(await parkedOf(id)).toEqual([]);
    });

    it('lets it wait on where it must be parked again', async () => {
      const { id } = await subscribe();
      await park(id);
      pipeline.endpoint.answer = () => answers(500);
      await pipeline.deliver()(takeAll(pipeline.retriesQueue));
      expect(await parkedOf(id)).toMatchObject([{ number: 5, scheduledFor: NOW + 7_200_000 }]);
    });

    it('sends it once, however long its message waited and however many stand for it', async () => {
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

    it('ends with the retention of its event', async () => {
      const { id } = await subscribe();
      await park(id);
      pipeline.time.now = event.expiresAt;
      expect(await pipeline.deliver()(takeAll(pipeline.retriesQueue))).toEqual([]);
      expect(pipeline.requests).toEqual([]);
      expect(await parkedOf(id)).toEqual([]);
    });
  });
});
