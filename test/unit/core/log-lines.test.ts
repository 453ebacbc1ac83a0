import { beforeEach, describe, expect, it } from 'vitest';
import type { Subscription } from '../../../core/model/subscription.ts';
import { answers } from '../../support/in-memory/sender.ts';
import {
  deliveryBody,
  eventBatchBody,
  inMemoryPipeline,
  type Pipeline,
  received,
  refuseAll,
  takeAll,
} from '../../support/pipeline.ts';
import { eventRecord, NOW, parkedRecord, projectRecord, subscriptionRecord } from '../../support/records.ts';

describe('the log and the metrics', () => {
  let pipeline: Pipeline;
  beforeEach(async () => {
    pipeline = inMemoryPipeline();
    await pipeline.projects.create(projectRecord({ id: 'erp' }), []);
  });
  const event = eventRecord({ id: 'evt_1' });
  const subscribe = async (given: Partial<Subscription> = {}) => {
    const subscription = subscriptionRecord({ id: 'sub_1', ...given });
    await pipeline.subscriptions.create(subscription);
    return subscription.id;
  };
  const first = (subscriptionId: string) =>
    received({
      body: deliveryBody({ project: 'erp', subscriptionId, number: 1, trigger: 'event', event: event }),
    });
  const fail = () => {
    pipeline.endpoint.answer = () => answers(503, {}, 'the body of the answer');
  };
  const ids = { project: 'erp', eventId: 'evt_1', subscriptionId: 'sub_1', number: 1 };

  describe('of an attempt', () => {
    it('that succeeds are one line with its ids, its end and how long it took', async () => {
      pipeline.time.now = NOW + 250;
      await pipeline.deliver()([first(await subscribe())]);
      expect(pipeline.lines).toEqual([
        {
          level: 'info',
          message: 'attempt succeeded',
          fields: {
            ...ids,
            eventType: 'invoice.created',
            trigger: 'event',
            replayId: undefined,
            host: 'example.com',
            durationMs: 1,
            status: 200,
            reason: null,
            detail: undefined,
            nextAttemptAt: null,
            follows: 'nothing',
            sinceAcceptedMs: 250,
          },
        },
      ]);
      expect(pipeline.counts).toEqual({ AttemptsSucceeded: 1 });
      expect(pipeline.samples).toEqual({ AttemptDuration: [1], FirstAttemptLatency: [250] });
    });

    it('and others of its lot that succeed are one line with the slowest, and one for each that fails', async () => {
      const subscriptionId = await subscribe({ retry: [7] });
      const durations: Record<string, number> = { e1: 40, e2: 900, e3: 7, e4: 5000 };
      pipeline.endpoint.answer = ({ headers }) => {
        const id = headers['webhook-id'] ?? '';
        return { ...answers(id === 'e4' ? 503 : 200), durationMs: durations[id] ?? 0 };
      };
      const eventBatch = 'lot_1';
      const events = Object.keys(durations).map((id, n) =>
        eventRecord({ id, eventBatch, acceptedAt: new Date(NOW - 10 * n).toISOString() }),
      );
      await pipeline.deliver()([
        received({ body: eventBatchBody({ project: 'erp', subscriptionId, eventBatch, events }) }),
      ]);
      expect(pipeline.lines).toMatchObject([
        { level: 'warn', message: 'attempt failed', fields: { eventId: 'e4', durationMs: 5000 } },
        { level: 'info', message: 'attempts succeeded' },
      ]);
      expect(pipeline.lines[1]?.fields).toEqual({
        project: 'erp',
        lot: eventBatch,
        subscriptionId,
        eventIds: ['e1', 'e2', 'e3'],
        trigger: 'event',
        host: 'example.com',
        attempts: 3,
        durationMs: 900,
        sinceAcceptedMs: 20,
        follows: 'nothing',
      });
      expect(pipeline.counts).toEqual({ AttemptsSucceeded: 3, AttemptsFailed: 1, RetriesQueued: 1 });
      expect(pipeline.samples.AttemptDuration?.toSorted((a, b) => a - b)).toEqual([7, 40, 900, 5000]);
    });

    it('that fails are one line that says why, and when the next one is', async () => {
      fail();
      await pipeline.deliver()([first(await subscribe({ retry: [7] }))]);
      expect(pipeline.lines).toMatchObject([
        {
          level: 'warn',
          message: 'attempt failed',
          fields: {
            ...ids,
            status: 503,
            reason: 'status',
            follows: 'queued',
            nextAttemptAt: new Date(NOW + 7000).toISOString(),
          },
        },
      ]);
      expect(pipeline.counts).toEqual({ AttemptsFailed: 1, RetriesQueued: 1 });
    });

    it.each([
      ['waits in the table', { retry: [3600] }, 'parked', { AttemptsFailed: 1, RetriesParked: 1 }],
      ['was the last one', { retry: [] }, 'exhausted', { AttemptsFailed: 1, DeliveriesExhausted: 1 }],
    ])('whose next one %s say so', async (_, settings, follows, counts) => {
      fail();
      await pipeline.deliver()([first(await subscribe(settings))]);
      expect(pipeline.lines).toMatchObject([{ message: 'attempt failed', fields: { follows } }]);
      expect(pipeline.counts).toEqual(counts);
    });

    it('that the endpoint answered with 410 say that the subscription is at its end', async () => {
      pipeline.endpoint.answer = () => answers(410);
      await pipeline.deliver()([first(await subscribe())]);
      expect(pipeline.lines).toMatchObject([
        {
          message: 'subscription ended',
          fields: { project: 'erp', subscriptionId: 'sub_1', reason: 'gone', follows: 'disabled' },
        },
        { message: 'attempt failed', fields: { status: 410, follows: 'gone', nextAttemptAt: null } },
      ]);
      expect(pipeline.counts).toEqual({ AttemptsFailed: 1, SubscriptionsDisabled: 1 });
    });

    it('that could not be recorded have all that its record would, but for what was said', async () => {
      pipeline.attemptLog.record = async () => Promise.reject(new Error('throttled'));
      fail();
      await pipeline.deliver()([first(await subscribe({ retry: [7] }))]);
      const at = new Date(NOW).toISOString();
      expect(pipeline.lines[1]).toMatchObject({
        level: 'error',
        message: 'attempt not recorded',
        fields: { ...ids, at, outcome: 'failure', status: 503, error: new Error('throttled') },
      });
      expect(pipeline.counts).toMatchObject({ AttemptsUnrecorded: 1 });
    });

    it('are none where the message could not be handled, but name what it was of', async () => {
      fail();
      refuseAll(pipeline.retriesQueue);
      const message = first(await subscribe({ retry: [7] }));
      await pipeline.deliver()([message]);
      expect(pipeline.lines).toMatchObject([
        {
          level: 'error',
          message: 'message not handled',
          fields: { messageId: message.id, receiveCount: 1, ...ids, error: expect.any(Error) },
        },
      ]);
      expect(pipeline.counts).toEqual({});
    });
  });

  it('of a breaker tell that it opened, what it holds, and that it ended, once each', async () => {
    const id = await subscribe({ retry: [1, 1, 1, 1, 1] });
    await pipeline.events.putOnce(event, 'message');
    fail();
    await pipeline.deliver()([first(id)]);
    for (let n = 0; n < 4; n++) await pipeline.deliver()(takeAll(pipeline.retriesQueue));
    const breaker = { project: 'erp', subscriptionId: id };
    expect(pipeline.lines).toContainEqual({
      level: 'warn',
      message: 'breaker opened',
      fields: { ...breaker, outages: 5, follows: 'held' },
    });
    await pipeline.deliver()(takeAll(pipeline.retriesQueue));
    expect(pipeline.lines.at(-1)).toMatchObject({
      message: 'delivery held',
      fields: { ...breaker, number: 6 },
    });
    pipeline.endpoint.answer = () => answers(200);
    for (let minute = 1; minute <= 5; minute++) {
      pipeline.time.now += 60_000;
      await pipeline.sweep();
      await pipeline.deliver()(takeAll(pipeline.retriesQueue));
    }
    const told = pipeline.lines.map(({ message }) => message);
    expect(told.filter((message) => message.startsWith('breaker'))).toEqual([
      'breaker opened',
      'breaker closed',
      'breaker ended',
    ]);
    expect(pipeline.counts).toMatchObject({ BreakersOpened: 1, DeliveriesHeld: 1, BreakersEnded: 1 });
    // A probe's wait is its endpoint's, not ours.
    expect(pipeline.samples.FirstAttemptLatency).toHaveLength(1);
  });

  describe('of an event', () => {
    const message = (given: object = {}) =>
      received({
        body: JSON.stringify({ project: 'erp', type: 'invoice.created', id: 'evt_1', data: {}, ...given }),
      });

    it('that is fanned out are one line with how many deliveries it makes', async () => {
      await subscribe();
      await subscribe({ id: 'sub_2' });
      const taken = message();
      await pipeline.fanOut()([taken]);
      expect(pipeline.lines).toEqual([
        {
          level: 'info',
          message: 'event fanned out',
          fields: {
            project: 'erp',
            eventId: 'evt_1',
            eventType: 'invoice.created',
            lot: undefined,
            messageId: taken.id,
            deliveries: 2,
            follows: 'nothing',
            durationMs: 0,
            sinceAcceptedMs: 0,
          },
        },
      ]);
      expect(pipeline.counts).toEqual({ EventsAccepted: 1, DeliveriesCreated: 2 });
    });

    it('and others of its batch are one line for each lot, which names those that nobody wants', async () => {
      await subscribe({ condition: 'data.wanted' });
      const messages = [true, true, false].map((wanted, n) =>
        received({
          body: JSON.stringify({
            ...{ project: 'erp', type: `invoice.${n > 0 ? 'created' : 'paid'}`, id: `e${n}` },
            data: { wanted },
          }),
        }),
      );
      await subscribe({ id: 'sub_2', events: ['invoice.paid'], condition: 'data.wanted' });
      pipeline.time.now = NOW + 40;
      await pipeline.fanOut()(messages);
      expect(pipeline.lines).toEqual([
        {
          level: 'info',
          message: 'lot fanned out',
          fields: {
            project: 'erp',
            lot: (await pipeline.events.get('erp', 'e0'))?.eventBatch,
            eventIds: ['e0', 'e1', 'e2'],
            eventTypes: ['invoice.paid', 'invoice.created'],
            messageIds: messages.map(({ id }) => id),
            unwanted: ['e2'],
            deliveries: 2,
            follows: 'nothing',
            durationMs: 0,
            sinceAcceptedMs: 40,
          },
        },
      ]);
      expect(pipeline.counts).toEqual({ EventsAccepted: 3, DeliveriesCreated: 2 });
    });

    it('whose rest is left to a continuation say so at each step, and count it once', async () => {
      for (const id of ['sub_1', 'sub_2', 'sub_3']) await subscribe({ id });
      await pipeline.fanOut(2)([message()]);
      await pipeline.fanOut(2)(takeAll(pipeline.eventsQueue));
      expect(pipeline.lines.map(({ fields }) => [fields.deliveries, fields.follows])).toEqual([
        [2, 'continued'],
        [1, 'nothing'],
      ]);
      expect(pipeline.counts).toEqual({ EventsAccepted: 1, DeliveriesCreated: 3 });
    });

    it('that comes twice say that it is repeated', async () => {
      const again = message();
      await pipeline.fanOut()([message()]);
      await pipeline.fanOut()([again]);
      expect(pipeline.lines.at(-1)).toMatchObject({
        message: 'event repeated',
        fields: { project: 'erp', eventId: 'evt_1', messageId: again.id },
      });
      expect(pipeline.counts).toMatchObject({ EventsAccepted: 1, EventsRepeated: 1 });
    });

    it('that can never be understood say why it is set aside', async () => {
      const hopeless = message({ project: 'nobody' });
      await pipeline.fanOut()([hopeless]);
      expect(pipeline.lines).toEqual([
        {
          level: 'warn',
          message: 'message set aside',
          fields: {
            messageId: hopeless.id,
            firstMessageId: hopeless.id,
            receiveCount: 1,
            reason: 'There is no project "nobody".',
          },
        },
      ]);
      expect(pipeline.counts).toEqual({ EventsSetAside: 1 });
    });
  });

  describe('of a sweep', () => {
    it('say what it moved and how late it was', async () => {
      await pipeline.parked.park(parkedRecord({ scheduledFor: NOW - 90_000 }));
      await pipeline.parked.park(parkedRecord({ scheduledFor: NOW + 90_000 }));
      await pipeline.sweep();
      expect(pipeline.lines).toEqual([
        { level: 'info', message: 'due work moved', fields: { moved: 2, lagSeconds: 90, durationMs: 0 } },
      ]);
      expect(pipeline.counts).toEqual({ SweepsCompleted: 1, DueWorkMoved: 2 });
      expect(pipeline.samples).toEqual({ DueWorkLag: [90] });
    });

    it('that found nothing are no line and one count', async () => {
      await pipeline.sweep();
      expect(pipeline.lines).toEqual([]);
      expect(pipeline.counts).toEqual({ SweepsCompleted: 1 });
      expect(pipeline.samples).toEqual({});
    });

    it.each<[what: string, refuse: () => void]>([
      [
        'the table refused a claim',
        () => {
          pipeline.dueWork.claim = () => Promise.reject(new Error('throttled'));
        },
      ],
      [
        'the queue took nothing',
        () => {
          pipeline.retriesQueue.queue.send = async (messages) => new Set(messages.keys());
        },
      ],
    ])('in which %s do not count it as completed', async (_, refuse) => {
      await pipeline.parked.park(parkedRecord({ scheduledFor: NOW }));
      refuse();
      await pipeline.sweep();
      expect(pipeline.lines).toMatchObject([{ level: 'error' }]);
      expect(pipeline.counts).toEqual({});
    });

    it('in which a shard failed do not count it as completed', async () => {
      const { due } = pipeline.dueWork;
      pipeline.dueWork.due = async (shard, ...rest) =>
        shard === 3 ? Promise.reject(new Error('throttled')) : due(shard, ...rest);
      await pipeline.sweep();
      expect(pipeline.lines).toMatchObject([
        { level: 'error', message: 'shard not swept', fields: { shard: 3, error: new Error('throttled') } },
      ]);
      expect(pipeline.counts).toEqual({});
    });
  });

  it('have nothing that was sent or answered, no credential of a URL, and nothing that a template made of it', async () => {
    const secrets = {
      url: 'https://user:userinfo-secret@example.com/path-secret?token=query-secret#fragment-secret',
      headers: { authorization: 'Bearer header-secret', 'x-plain': 'plain-secret' },
    };
    const told = eventRecord({ id: 'evt_1', data: '{"iban":"data-secret"}' as typeof event.data });
    const body = (subscriptionId: string) =>
      received({
        body: deliveryBody({ project: 'erp', subscriptionId, number: 1, trigger: 'event', event: told }),
      });
    await subscribe({ ...secrets, id: 'sub_1' });
    await subscribe({
      ...secrets,
      id: 'sub_2',
      format: 'template',
      template: '{{ data.iban | int("x") + "template-secret" + 1 }}',
    });
    pipeline.endpoint.answer = () => answers(500, { 'set-cookie': 'cookie-secret' }, 'answer-secret');
    pipeline.attemptLog.record = async () => Promise.reject(new Error('throttled'));
    await pipeline.deliver()([body('sub_1'), body('sub_2')]);
    expect(pipeline.lines.map(({ message, fields }) => [message, fields.reason])).toEqual(
      expect.arrayContaining([
        ['attempt failed', 'status'],
        ['attempt failed', 'render'],
        ['attempt not recorded', 'status'],
        ['attempt not recorded', 'render'],
      ]),
    );
    expect(JSON.stringify(pipeline.lines)).not.toMatch(/secret|whsec_|MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw/);
  });
});
