import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ParkedDelivery } from '../../../../core/model/delivery.ts';
import type { Event } from '../../../../core/model/event.ts';
import { DIRECT, type Flow, newFlow } from '../../../../core/model/flow.ts';
import { OutOfTime } from '../../../../core/model/out-of-time.ts';
import type { QueueMessage } from '../../../../core/model/queue-message.ts';
import { conditionMark, disabled, revise } from '../../../../core/model/subscription.ts';
import { answers } from '../../../support/in-memory/sender.ts';
import {
  deliveryBody,
  inMemoryPipeline,
  type Pipeline,
  received,
  takeAll,
} from '../../../support/pipeline.ts';
import {
  eventRecord,
  NOW,
  parkedRecord,
  subscriptionRecord,
  waitingRecord,
} from '../../../support/records.ts';

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
  const messageFor = (subscriptionId: string, about: number | Event = 1, project = 'erp'): QueueMessage => {
    const [number, of] = typeof about === 'number' ? [about, event] : [1, about];
    const trigger = number === 1 ? 'event' : 'retry';
    return received({ body: deliveryBody({ project, subscriptionId, number, trigger, event: of }) });
  };
  const attemptsOf = async (id: string) =>
    (await pipeline.attemptLog.ofSubscription(id, { limit: 100, cursor: null })).items;
  const waitingOf = async (id: string) =>
    (await pipeline.mailbox.list(id, { limit: 100, cursor: null })).items;
  /** Run the pumps that were called, when they are due. */
  const pumpAt = async (now: number) => {
    pipeline.time.now = now;
    return pipeline.pump()(takeAll(pipeline.pumpsQueue));
  };

  it('records a success and schedules nothing', async () => {
    const { id } = await subscribe();
    expect(await pipeline.deliver()([messageFor(id)])).toEqual([]);
    expect(await attemptsOf(id)).toMatchObject([{ number: 1, outcome: 'success', nextAttemptAt: null }]);
    expect(pipeline.retriesQueue.sent).toEqual([]);
    expect(await waitingOf(id)).toEqual([]);
    expect(pipeline.pumpsQueue.sent).toEqual([]);
  });

  it('puts the next attempt after a failure into the mailbox, and calls the pump in the project’s message group', async () => {
    const { id } = await subscribe({ retry: [7] });
    pipeline.endpoint.answer = () => answers(500);
    expect(await pipeline.deliver()([messageFor(id)])).toEqual([]);
    expect(await attemptsOf(id)).toMatchObject([
      { outcome: 'failure', error: 'status', nextAttemptAt: new Date(NOW + 7000).toISOString() },
    ]);
    expect(await waitingOf(id)).toEqual([
      {
        project: 'erp',
        subscriptionId: id,
        eventId: event.id,
        acceptedAt: event.acceptedAt,
        number: 2,
        dueAt: NOW + 7000,
        failedAt: NOW,
        outage: true,
      },
    ]);
    expect(pipeline.pumpsQueue.sent).toMatchObject([{ delaySeconds: 7, groupId: 'erp' }]);
    expect(pipeline.retriesQueue.sent).toEqual([]);
  });

  it('makes the next attempt through the pump', async () => {
    const { id } = await subscribe({ retry: [7] });
    await pipeline.events.putOnce(event, 'm1');
    pipeline.endpoint.answer = () => answers(500);
    await pipeline.deliver()([messageFor(id)]);
    pipeline.endpoint.answer = () => answers(200);
    expect(await pumpAt(NOW + 7000)).toEqual([]);
    expect(await attemptsOf(id)).toMatchObject([
      { number: 2, trigger: 'retry', outcome: 'success', nextAttemptAt: null },
      { number: 1, outcome: 'failure' },
    ]);
    expect(await waitingOf(id)).toEqual([]);
  });

  it('consumes no attempt with a 429, and keeps the time that the endpoint asked for', async () => {
    const { id } = await subscribe({ retry: 'none' });
    pipeline.endpoint.answer = () => answers(429, { 'retry-after': '60' });
    expect(await pipeline.deliver()([messageFor(id)])).toEqual([]);
    expect(await waitingOf(id)).toMatchObject([{ number: 1, dueAt: NOW + 60_000, outage: false }]);
    expect(takeAll(pipeline.internalQueue)).toEqual([]);
    expect(await pipeline.subscriptions.get('erp', id)).toMatchObject({
      flow: { mode: 'paced', reason: 'busy' },
    });
  });

  it('sends nothing more of an invocation to an endpoint that has answered 429', async () => {
    const { id } = await subscribe();
    pipeline.endpoint.answer = () => answers(429);
    await pipeline.deliver()(Array.from({ length: 30 }, () => messageFor(id)));
    expect(pipeline.requests).toHaveLength(20);
  });

  it('puts into the mailbox what has not begun when a request has been open for two seconds', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const slow = await subscribe({ url: 'https://slow.example/' });
    const quick = await subscribe({ url: 'https://quick.example/' });
    const answered = Promise.withResolvers<void>();
    pipeline.endpoint.answer = async ({ url }) => {
      if (url === slow.url) await answered.promise;
      return answers(200);
    };
    const messages = [slow, quick].flatMap(({ id }) => Array.from({ length: 21 }, () => messageFor(id)));
    const delivering = pipeline.deliver()(messages);
    await vi.advanceTimersByTimeAsync(1999);
    expect(await waitingOf(slow.id)).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(await waitingOf(slow.id)).toMatchObject([{ number: 1, eventId: event.id }]);
    answered.resolve();
    await vi.runAllTimersAsync();
    expect(await delivering).toEqual([]);
    const sentTo = (to: string) => pipeline.requests.filter(({ url }) => url === to);
    expect(sentTo(slow.url)).toHaveLength(20);
    expect(sentTo(quick.url)).toHaveLength(21);
  });

  it('sends at most twenty requests at once to an endpoint', async () => {
    const { id } = await subscribe();
    let [open, most] = [0, 0];
    pipeline.endpoint.answer = async () => {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setImmediate(resolve));
      open--;
      return answers(200);
    };
    expect(await pipeline.deliver()(Array.from({ length: 50 }, () => messageFor(id)))).toEqual([]);
    expect(pipeline.requests).toHaveLength(50);
    expect(most).toBe(20);
  });

  it.each([
    ['is paced', { flow: newFlow(event.acceptedAt) }],
    ['has a rate limit', { rateLimit: { perSecond: 5 } }],
    ['has a limit of requests at once', { maxInFlight: 1 }],
    ['is paused by its owner', { paused: true }],
  ])('holds the delivery of a subscription that %s', async (_, given) => {
    const { id } = await subscribe(given);
    expect(await pipeline.deliver()([messageFor(id), messageFor(id)])).toEqual([]);
    expect(pipeline.requests).toEqual([]);
    expect(await waitingOf(id)).toMatchObject([{ number: 1, dueAt: NOW, eventId: event.id }]);
    expect(pipeline.pumpsQueue.sent).toHaveLength('paused' in given ? 0 : 1);
  });

  it('does not evaluate a condition that was found to hold', async () => {
    // If it were evaluated, it would not hold.
    const condition = 'data.total > 1000000';
    const { id } = await subscribe({ condition });
    const deliver = (conditionHeld: string | null) => {
      const held = conditionHeld !== null && { conditionHeld };
      const delivery = {
        project: 'erp',
        subscriptionId: id,
        number: 1,
        event: eventRecord(),
        ...held,
      } as const;
      return pipeline.deliver()([received({ body: deliveryBody({ ...delivery, trigger: 'event' }) })]);
    };
    await deliver(conditionMark(condition));
    expect(await attemptsOf(id)).toHaveLength(1);
    await deliver(conditionMark('data.total > 1'));
    await deliver(null);
    expect(await attemptsOf(id)).toHaveLength(1);
  });

  it('remembers in the mailbox that a condition was found to hold', async () => {
    const condition = 'data.total > 1000000';
    const conditionHeld = conditionMark(condition) as string;
    const { id } = await subscribe({ condition, retry: [1, 1] });
    pipeline.endpoint.answer = () => answers(500);
    const delivery = { project: 'erp', subscriptionId: id, number: 1, trigger: 'event', event } as const;
    await pipeline.events.putOnce(event, 'message');
    await pipeline.deliver()([received({ body: deliveryBody({ ...delivery, conditionHeld }) })]);
    expect(await waitingOf(id)).toMatchObject([{ number: 2, conditionHeld }]);
    await pumpAt(NOW + 10_000);
    expect(await attemptsOf(id)).toHaveLength(2);
  });

  it('leaves the costly templates of a project to the pump after a while, and lets the others go first', async () => {
    const costly = '{% for i in range(9000) %}{% set x = i * i + i * i %}{% endfor %}"costly"';
    const { id } = await subscribe({ format: 'template', template: costly });
    const other = await subscribe({ project: 'quiet', format: 'template', template: '"quick"' });
    const plain = await subscribe({ project: 'plain' });
    const messages = Array.from({ length: 100 }, () => messageFor(id, eventRecord()));
    const last = [other, plain].map((each) =>
      messageFor(each.id, eventRecord({ project: each.project }), each.project),
    );
    expect(await pipeline.deliver()([...messages, ...last])).toEqual([]);
    const bodies = pipeline.requests.map(({ body }) => body);
    expect(bodies.indexOf('"quick"')).toBeLessThan(3);
    expect(pipeline.requests.findIndex(({ url }) => url === plain.url)).toBeLessThan(3);
    const made = bodies.filter((body) => body === '"costly"').length;
    expect(made).toBeGreaterThan(5);
    expect(made).toBeLessThan(20);
    expect(await waitingOf(id)).toHaveLength(100 - made);
    expect(await attemptsOf(id)).toHaveLength(made);
    expect(pipeline.pumpsQueue.sent.length).toBeGreaterThan(0);
  });

  it('still sends what needs no code to a project that has used its share', async () => {
    const costly = '{% for i in range(9000) %}{% set x = i * i + i * i %}{% endfor %}"costly"';
    const { id } = await subscribe({ format: 'template', template: costly });
    const plain = await subscribe();
    const messages = Array.from({ length: 30 }, () => messageFor(id, eventRecord()));
    await pipeline.deliver()([...messages, messageFor(plain.id)]);
    expect(await attemptsOf(plain.id)).toHaveLength(1);
  });

  it('begins no request that might outlast the function', async () => {
    const [quick, slow] = [await subscribe({ timeoutSeconds: 5 }), await subscribe({ timeoutSeconds: 6 })];
    expect(await pipeline.deliver(NOW + 5000)([messageFor(quick.id), messageFor(slow.id)])).toEqual([]);
    expect(await attemptsOf(quick.id)).toHaveLength(1);
    expect(await attemptsOf(slow.id)).toEqual([]);
    expect(await waitingOf(slow.id)).toMatchObject([{ number: 1, eventId: event.id }]);
  });

  it('holds a delivery whose host was not looked up in time, and says nothing about the endpoint', async () => {
    const { id } = await subscribe();
    pipeline.endpoint.answer = async () => {
      throw new OutOfTime();
    };
    expect(await pipeline.deliver()([messageFor(id)])).toEqual([]);
    expect(await attemptsOf(id)).toEqual([]);
    expect(await waitingOf(id)).toMatchObject([{ number: 1, eventId: event.id }]);
    expect((await pipeline.flows.get(id))?.state).toMatchObject({ run: 0, lastFailureAt: null, slots: [] });
  });

  it('does not take the time for slow in which a request waits for the look-ups of others', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { id } = await subscribe();
    const { promise, resolve } = Promise.withResolvers<void>();
    const began = Promise.withResolvers<void>();
    pipeline.endpoint.answer = async (_request, watch) => {
      watch?.waits();
      await began.promise;
      watch?.begins();
      await promise;
      return answers(200);
    };
    const slow = async () => (await pipeline.flows.get(id))?.state.slots.map((slot) => slot.slow) ?? [];
    const delivering = pipeline.deliver()([messageFor(id)]);
    await vi.advanceTimersByTimeAsync(5000);
    began.resolve();
    await vi.advanceTimersByTimeAsync(1999);
    expect(await slow()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await slow()).toEqual([1]);
    resolve();
    await vi.runAllTimersAsync();
    expect(await delivering).toEqual([]);
  });

  it('holds the delivery of a strictly ordered subscription in the queue of its key, until two seconds after its place', async () => {
    const { id } = await subscribe({ ordering: 'strict' });
    const keyed = eventRecord({ orderingKey: 'a', order: NOW * 1000 + 7 });
    const head = { project: 'erp', subscriptionId: id, number: 1, trigger: 'event' } as const;
    const message = (of: typeof event) => received({ body: deliveryBody({ ...head, event: of }) });
    for (const each of [event, keyed, keyed]) await pipeline.deliver()([message(each)]);
    expect(pipeline.requests).toEqual([]);
    const dueAt = NOW + 2000;
    expect(await waitingOf(id)).toMatchObject([
      { number: 1, eventId: event.id, dueAt, ordered: { key: '', order: NOW * 1000 } },
      { number: 1, eventId: keyed.id, dueAt, ordered: { key: 'a', order: NOW * 1000 + 7 } },
    ]);
    expect((await pipeline.flows.get(id))?.dueAt).toBe(dueAt);
    expect(pipeline.counts).toEqual({ DeliveriesHeld: 3 });
    pipeline.time.now = NOW + 2001;
    await pipeline.deliver()([message(keyed)]);
    expect(pipeline.counts).toEqual({ DeliveriesHeld: 4, OrderedDeliveriesLate: 1 });
  });

  it('wakes the pump first if the message was received before, since its worker may have died', async () => {
    const { id } = await subscribe();
    const dueWhenSent: (number | null | undefined)[] = [];
    pipeline.endpoint.answer = async () => {
      dueWhenSent.push((await pipeline.flows.get(id))?.dueAt);
      return answers(200);
    };
    await pipeline.deliver()([messageFor(id)]);
    await pipeline.deliver()([{ ...messageFor(id), receiveCount: 2 }]);
    expect(dueWhenSent).toEqual([undefined, NOW]);
  });

  it('does not acknowledge a message if the next attempt could not be scheduled', async () => {
    const { id } = await subscribe({ retry: [7] });
    pipeline.endpoint.answer = () => answers(500);
    pipeline.mailbox.write = async () => Promise.reject(new Error('throttled'));
    const messages = [messageFor(id), messageFor(id)];
    expect(await pipeline.deliver()(messages)).toEqual(messages.map(({ id }) => id));
    expect(await attemptsOf(id)).toEqual([]);
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
      const references = await record(attempts);
      recorded.resolve();
      return references;
    };
    const batch = pipeline.deliver()([messageFor(slow.id), messageFor(quick.id)]);
    await recorded.promise;
    expect(await attemptsOf(quick.id)).toHaveLength(1);
    resolve(answers(200));
    await batch;
    expect(await attemptsOf(slow.id)).toHaveLength(1);
  });

  it('leaves a pump that is due in more than two minutes to the sweeper', async () => {
    const { id } = await subscribe({ retry: [121] });
    pipeline.endpoint.answer = () => answers(500);
    await pipeline.deliver()([messageFor(id)]);
    expect(await waitingOf(id)).toMatchObject([{ number: 2, dueAt: NOW + 121_000 }]);
    expect(pipeline.pumpsQueue.sent).toEqual([]);
    pipeline.time.now += 60_000;
    expect(await pipeline.sweep()).toBe(1);
    expect(pipeline.pumpsQueue.sent).toMatchObject([{ delaySeconds: 61, groupId: 'erp' }]);
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
    await pipeline.events.putOnce(event, 'm1');
    pipeline.endpoint.answer = () => answers(500);
    await pipeline.deliver()([messageFor(subscription.id)]);
    expect(await attemptsOf(subscription.id)).toMatchObject([{ nextAttemptAt: expect.any(String) }]);
    await pipeline.subscriptions.update(subscription, { ...subscription, enabled: false, version: 2 });
    expect(await pumpAt(NOW + 7000)).toEqual([]);
    expect(await attemptsOf(subscription.id)).toMatchObject([{ number: 1, nextAttemptAt: null }]);
    expect(await waitingOf(subscription.id)).toEqual([]);
  });

  it('never delivers an event from before the subscription was disabled, even after it is enabled again', async () => {
    const subscription = await subscribe({ retry: [7, 7] });
    await pipeline.events.putOnce(event, 'm1');
    pipeline.endpoint.answer = () => answers(500);
    await pipeline.deliver()([messageFor(subscription.id)]);
    const off = revise(subscription, disabled('manual', NOW), NOW);
    await pipeline.subscriptions.update(subscription, off);
    await pipeline.subscriptions.update(off, revise(off, { enabled: true }, NOW));
    expect(await pumpAt(NOW + 7000)).toEqual([]);
    expect(pipeline.requests).toHaveLength(1);
    expect(await waitingOf(subscription.id)).toEqual([]);
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
    expect(await waitingOf(id)).toEqual([]);
    expect(takeAll(pipeline.internalQueue).map(({ body }) => JSON.parse(body).type)).toEqual([
      'ancrage.delivery.exhausted',
    ]);
  });

  it.each(['disable', 'remove'] as const)(
    'applies onGone "%s" after a 410, and ends what waits in the mailbox',
    async (onGone) => {
      const subscription = await subscribe({ onGone });
      await pipeline.mailbox.write([waitingRecord({ subscriptionId: subscription.id })]);
      await pipeline.flows.wake('erp', subscription.id, NOW + 3_600_000, false);
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
      await pipeline.pump()(takeAll(pipeline.pumpsQueue));
      expect(pipeline.requests).toHaveLength(2);
      expect(await waitingOf(subscription.id)).toEqual([]);
    },
  );

  it.each(['disable', 'remove'] as const)(
    'makes the same attempt at once at the new URL after a 410 of the replaced one, with onGone "%s"',
    async (onGone) => {
      const subscription = await subscribe({ onGone, retry: 'none' });
      await pipeline.events.putOnce(event, 'm1');
      const changed = { ...subscription, url: 'https://example.com/new', version: 2 };
      pipeline.endpoint.answer = async ({ url }) => {
        if (url === changed.url) return answers(200);
        await pipeline.subscriptions.update(subscription, changed);
        return answers(410);
      };
      expect(await pipeline.deliver()([messageFor(subscription.id)])).toEqual([]);
      const { flow: _flow, ...left } = changed;
      expect(await pipeline.subscriptions.get('erp', subscription.id)).toMatchObject(left);
      expect(await waitingOf(subscription.id)).toMatchObject([{ number: 1, dueAt: NOW }]);
      expect(await pumpAt(NOW)).toEqual([]);
      expect(pipeline.requests.map(({ url }) => url)).toEqual([subscription.url, changed.url]);
      expect(await attemptsOf(subscription.id)).toMatchObject([{ number: 1, outcome: 'success' }]);
      expect(takeAll(pipeline.internalQueue)).toEqual([]);
    },
  );

  it('goes to the new URL although the function had the replaced one in its cache', async () => {
    const subscription = await subscribe({ retry: 'none' });
    const changed = { ...subscription, url: 'https://example.com/new', version: 2 };
    const later = eventRecord({ id: 'later' });
    await pipeline.events.putOnce(later, 'm1');
    const deliver = pipeline.deliver();
    await deliver([messageFor(subscription.id)]);
    await pipeline.subscriptions.update(subscription, changed);
    pipeline.endpoint.answer = ({ url }) => answers(url === changed.url ? 200 : 410);
    await deliver([messageFor(subscription.id, later)]);
    await pumpAt(NOW);
    // The copy that was told so does not ask the old URL again.
    await deliver([messageFor(subscription.id, eventRecord({ id: 'last' }))]);
    expect(pipeline.requests.map(({ url }) => url)).toEqual([
      subscription.url,
      subscription.url,
      changed.url,
      changed.url,
    ]);
    expect(await pipeline.subscriptions.get('erp', subscription.id)).toMatchObject({ enabled: true });
    expect(await attemptsOf(subscription.id)).toMatchObject(Array(3).fill({ number: 1, outcome: 'success' }));
  });

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

  describe('of what an earlier version left in the table', () => {
    const leave = async (subscriptionId: string, given: Partial<ParkedDelivery> = {}) => {
      await pipeline.events.putOnce(event, 'm1');
      const delivery = parkedRecord({
        ...{ subscriptionId, eventId: event.id, acceptedAt: event.acceptedAt, scheduledFor: NOW },
        ...given,
      });
      pipeline.putLegacy({ kind: 'delivery', delivery }, delivery.scheduledFor);
    };

    it('puts a parked delivery into the mailbox with its number, and calls the pump', async () => {
      const { id } = await subscribe();
      await leave(id);
      await pipeline.sweep();
      expect(await pipeline.deliver()(takeAll(pipeline.retriesQueue))).toEqual([]);
      expect(pipeline.requests).toEqual([]);
      expect(await waitingOf(id)).toMatchObject([{ number: 4, dueAt: NOW }]);
      await pumpAt(NOW);
      expect(await attemptsOf(id)).toMatchObject([{ number: 4, trigger: 'retry', outcome: 'success' }]);
      expect(await waitingOf(id)).toEqual([]);
    });

    it('sends it once, however late and however often its messages are received', async () => {
      const { id } = await subscribe();
      await leave(id);
      await pipeline.sweep();
      const messages = takeAll(pipeline.retriesQueue);
      pipeline.time.now += 40 * 60_000;
      await pipeline.sweep();
      messages.push(...takeAll(pipeline.retriesQueue));
      expect(messages).toHaveLength(2);
      for (const message of [...messages, ...messages])
        expect(await pipeline.deliver()([message])).toEqual([]);
      await pumpAt(pipeline.time.now);
      expect(pipeline.requests).toHaveLength(1);
    });

    describe('looks at a breaker again', () => {
      const LOOK_AGAIN_MS = 5 * 60_000;
      const held = { held: true, number: 1, scheduledFor: NOW + 86_400_000 };
      const putBreaker = (id: string) =>
        pipeline.putLegacy({ kind: 'breaker', breaker: { project: 'erp', subscriptionId: id } }, NOW);
      /** Sweep and deliver. Return whether the breaker was looked at. */
      const look = async () => {
        await pipeline.sweep();
        const messages = takeAll(pipeline.retriesQueue);
        expect(await pipeline.deliver()(messages)).toEqual([]);
        pipeline.time.now += LOOK_AGAIN_MS;
        return messages.length > 0;
      };

      it('until it holds nothing, and puts everything that it holds into the mailbox', async () => {
        const { id } = await subscribe();
        for (let n = 0; n < 250; n++) await leave(id, { ...held, eventId: `e${n}` });
        putBreaker(id);
        await look();
        expect(await pipeline.mailbox.count(id, 1000)).toBe(250);
        expect(await pipeline.parked.held(id, 1)).toEqual([]);
        expect(pipeline.pumpsQueue.sent).toHaveLength(1);
        // A copy of the version that opened it still runs.
        await leave(id, { ...held, eventId: 'late' });
        await look();
        expect(await pipeline.mailbox.count(id, 1000)).toBe(251);
        expect([await look(), await look()]).toEqual([true, false]);
      });

      it('as long as the endpoint is paused', async () => {
        const since = new Date(NOW).toISOString();
        const paused: Flow = { mode: 'paused', reason: 'down', since, watchedSince: NOW };
        const { project, id } = await subscribe({ flow: paused });
        putBreaker(id);
        await look();
        await leave(id, held);
        await look();
        expect(await pipeline.parked.held(id, 1)).toEqual([]);
        expect(await look()).toBe(true);
        await pipeline.flows.setMode(project, id, paused, DIRECT);
        expect([await look(), await look()]).toEqual([true, false]);
      });

      it('but not if its subscription is gone', async () => {
        putBreaker('sub_gone');
        expect([await look(), await look()]).toEqual([true, false]);
      });
    });

    it('sends nothing once its event has expired', async () => {
      const { id } = await subscribe();
      await leave(id);
      await pipeline.sweep();
      await pipeline.deliver()(takeAll(pipeline.retriesQueue));
      await pumpAt(event.expiresAt);
      expect(pipeline.requests).toEqual([]);
      expect(await waitingOf(id)).toEqual([]);
    });
  });
});
