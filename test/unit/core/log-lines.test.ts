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

describe('the log lines and the metrics', () => {
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
    it('are one line with the ids, the outcome and the duration if it succeeds', async () => {
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

    it('are one line for the successes of an event batch, with the slowest, and one for each failure', async () => {
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
      expect(pipeline.counts).toEqual({ AttemptsSucceeded: 3, AttemptsFailed: 1, RetriesScheduled: 1 });
      expect(pipeline.samples.AttemptDuration?.toSorted((a, b) => a - b)).toEqual([7, 40, 900, 5000]);
    });

    it('are one line with the reason and the time of the next attempt if it fails', async () => {
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
            follows: 'retry',
            nextAttemptAt: new Date(NOW + 7000).toISOString(),
          },
        },
      ]);
      expect(pipeline.counts).toEqual({ AttemptsFailed: 1, RetriesScheduled: 1 });
    });

    it.each([
      ['waits', { retry: [3600] }, 'retry', { AttemptsFailed: 1, RetriesScheduled: 1 }],
      ['does not exist', { retry: [] }, 'exhausted', { AttemptsFailed: 1, DeliveriesExhausted: 1 }],
    ])('say that the next attempt %s', async (_, settings, follows, counts) => {
      fail();
      await pipeline.deliver()([first(await subscribe(settings))]);
      expect(pipeline.lines).toMatchObject([{ message: 'attempt failed', fields: { follows } }]);
      expect(pipeline.counts).toEqual(counts);
    });

    it('say that the subscription has ended after a 410', async () => {
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

    it('have the attempt’s record, but no body or header, if it could not be recorded', async () => {
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

    it('name the ids of an attempt whose reference could not be written, which fails nothing', async () => {
      pipeline.attemptDigests.write = async () => Promise.reject(new Error('throttled'));
      fail();
      const message = first(await subscribe({ retry: [7] }));
      expect(await pipeline.deliver()([message])).toEqual([]);
      const { project, eventId, subscriptionId, number } = ids;
      expect(pipeline.lines.filter(({ level }) => level === 'error')).toMatchObject([
        {
          message: 'attempt not listed',
          fields: {
            ...{ project, eventId, subscriptionId, number, outcome: 'failure' },
            error: new Error('throttled'),
          },
        },
      ]);
      expect(pipeline.counts).toMatchObject({ AttemptsUnlisted: 1 });
      expect(await pipeline.attemptLog.last(project, eventId, subscriptionId)).toMatchObject({ number });
    });

    it('name the ids of a message that could not be handled', async () => {
      fail();
      pipeline.mailbox.write = async () => Promise.reject(new Error('throttled'));
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

  describe('of the flow of an endpoint', () => {
    const told = (message: string) => pipeline.lines.filter((line) => line.message === message);

    it('say that a delivery is held, and count it', async () => {
      const id = await subscribe({ maxInFlight: 1 });
      await pipeline.deliver()([first(id)]);
      expect(pipeline.lines).toEqual([
        { level: 'info', message: 'delivery held', fields: { ...ids, replayId: undefined } },
      ]);
      expect(pipeline.counts).toEqual({ DeliveriesHeld: 1 });
    });

    it('say once each that the mode changed, how much a pump sent and that a probe failed', async () => {
      const id = await subscribe({ retry: [1, 1, 1] });
      await pipeline.events.putOnce(event, 'message');
      pipeline.endpoint.answer = () => answers(429);
      await pipeline.deliver()([first(id)]);
      expect(told('flow changed')).toEqual([
        {
          level: 'warn',
          message: 'flow changed',
          fields: { project: 'erp', subscriptionId: id, from: 'direct', mode: 'paced', reason: 'busy' },
        },
      ]);
      expect(pipeline.counts).toMatchObject({ EndpointsPaced: 1 });
      fail();
      pipeline.time.now += 1000;
      await pipeline.pump()(takeAll(pipeline.pumpsQueue));
      expect(told('mailbox pumped')).toMatchObject([
        { level: 'info', fields: { project: 'erp', subscriptionId: id, attempts: 1, window: 20 } },
      ]);
      const paced = await pipeline.subscriptions.get('erp', id);
      if (paced === null) throw new Error('It is gone.');
      const paused = { ...paced.flow, mode: 'paused', reason: 'down' } as const;
      await pipeline.flows.setMode('erp', id, paced.flow, paused);
      pipeline.time.now += 1000;
      await pipeline.pump()(takeAll(pipeline.pumpsQueue));
      expect(told('probe failed')).toEqual([
        {
          level: 'warn',
          message: 'probe failed',
          fields: {
            ...{ project: 'erp', subscriptionId: id, failedProbes: 1 },
            nextProbeAt: new Date(pipeline.time.now + 15_000).toISOString(),
          },
        },
      ]);
      expect(pipeline.counts).toMatchObject({ ProbesFailed: 1 });
      // The wait in a mailbox is caused by the endpoint.
      expect(pipeline.samples.FirstAttemptLatency).toHaveLength(1);
    });
  });

  describe('of an event', () => {
    const message = (given: object = {}) =>
      received({
        body: JSON.stringify({ project: 'erp', type: 'invoice.created', id: 'evt_1', data: {}, ...given }),
      });

    it('are one line with the number of deliveries', async () => {
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

    it('are one line for an event batch, which names the events without a match', async () => {
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

    it('say at each step whether a continuation follows, and count the event once', async () => {
      for (const id of ['sub_1', 'sub_2', 'sub_3']) await subscribe({ id });
      await pipeline.fanOut(2)([message()]);
      await pipeline.fanOut(2)(takeAll(pipeline.internalQueue));
      expect(pipeline.lines.map(({ fields }) => [fields.deliveries, fields.follows])).toEqual([
        [2, 'continued'],
        [1, 'nothing'],
      ]);
      expect(pipeline.counts).toEqual({ EventsAccepted: 1, DeliveriesCreated: 3 });
    });

    it('are one line for an event batch, and one for each further step of its events', async () => {
      for (const id of ['sub_1', 'sub_2', 'sub_3']) await subscribe({ id });
      await subscribe({ id: 'sub_4', events: ['invoice.paid'] });
      const messages = ['invoice.paid', 'invoice.created'].map((type, n) => message({ type, id: `e${n}` }));
      expect(await pipeline.fanOut(2, undefined, Number.POSITIVE_INFINITY)(messages)).toEqual([]);
      const lot = (await pipeline.events.get('erp', 'e0'))?.eventBatch;
      expect(pipeline.lines.map(({ message, fields }) => ({ message, ...fields }))).toMatchObject([
        { message: 'lot fanned out', lot, eventIds: ['e0', 'e1'], deliveries: 3, follows: 'continued' },
        { message: 'event fanned out', lot, eventId: 'e1', deliveries: 1, follows: 'nothing' },
      ]);
      expect(pipeline.lines[0]?.fields).not.toHaveProperty('unwanted');
      expect(pipeline.counts).toEqual({ EventsAccepted: 2, DeliveriesCreated: 4 });
    });

    it('say why a later step has failed, and count the deliveries of the earlier ones', async () => {
      for (const id of ['sub_1', 'sub_2', 'sub_3']) await subscribe({ id });
      const { send } = pipeline.retriesQueue.queue;
      let calls = 0;
      pipeline.retriesQueue.queue.send = async (messages) => {
        // Then there is no time for another try.
        if (++calls === 2) pipeline.time.now += 1000;
        return calls === 2 ? new Set(messages.keys()) : send(messages);
      };
      const taken = message();
      expect(await pipeline.fanOut(2, undefined, NOW + 1000)([taken])).toEqual([taken.id]);
      expect(pipeline.lines.at(-1)).toMatchObject({
        level: 'error',
        message: 'message not handled',
        fields: { messageId: taken.id, error: { name: 'NotSentError' } },
      });
      expect(pipeline.counts).toEqual({ EventsAccepted: 1, DeliveriesCreated: 2 });
    });

    it.each([
      ['all deliveries have been sent', 0],
      ['another handling of the event goes on', 1],
    ])('say that %s if a continuation is received twice', async (reason, at) => {
      for (const id of ['sub_1', 'sub_2', 'sub_3']) await subscribe({ id });
      await pipeline.fanOut(2)([message()]);
      const [continuation] = takeAll(pipeline.internalQueue);
      if (continuation === undefined) throw new Error('There is none.');
      const handlings = [continuation, continuation].map((one) => () => pipeline.fanOut(2)([one]));
      if (at === 0) for (const handle of handlings) await handle();
      else await Promise.all(handlings.map((handle) => handle()));
      expect(pipeline.lines.filter(({ message }) => message === 'fan-out ended')).toEqual([
        {
          level: 'info',
          message: 'fan-out ended',
          fields: { project: 'erp', eventId: 'evt_1', messageId: continuation.id, reason },
        },
      ]);
    });

    it('do not count the deliveries of a message that will be received again', async () => {
      for (const id of ['sub_1', 'sub_2', 'sub_3']) await subscribe({ id });
      refuseAll(pipeline.internalQueue);
      const taken = message();
      expect(await pipeline.fanOut(2)([taken])).toEqual([taken.id]);
      expect(pipeline.lines.map(({ message }) => message)).toEqual(['message not handled']);
      expect(pipeline.counts).toEqual({ EventsAccepted: 1 });
    });

    it('say that an event is repeated', async () => {
      const again = message();
      await pipeline.fanOut()([message()]);
      await pipeline.fanOut()([again]);
      expect(pipeline.lines.at(-1)).toMatchObject({
        message: 'event repeated',
        fields: { project: 'erp', eventId: 'evt_1', messageId: again.id },
      });
      expect(pipeline.counts).toMatchObject({ EventsAccepted: 1, EventsRepeated: 1 });
    });

    it('say why a message is dead-lettered', async () => {
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
    const leave = (scheduledFor: number) =>
      pipeline.putLegacy({ kind: 'delivery', delivery: parkedRecord({ scheduledFor }) }, scheduledFor);

    it('say how many items it moved and how late they were', async () => {
      leave(NOW - 90_000);
      leave(NOW + 90_000);
      await pipeline.sweep();
      expect(pipeline.lines).toEqual([
        { level: 'info', message: 'due work moved', fields: { moved: 2, lagSeconds: 90, durationMs: 0 } },
      ]);
      expect(pipeline.counts).toEqual({ SweepsCompleted: 1, DueWorkMoved: 2 });
      expect(pipeline.samples).toEqual({ DueWorkLag: [90] });
    });

    it('are no line and one count if nothing is due', async () => {
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
        'the queue accepted nothing',
        () => {
          pipeline.retriesQueue.queue.send = async (messages) => new Set(messages.keys());
        },
      ],
    ])('do not count the sweep as completed if %s', async (_, refuse) => {
      leave(NOW);
      refuse();
      await pipeline.sweep();
      expect(pipeline.lines).toMatchObject([{ level: 'error' }]);
      expect(pipeline.counts).toEqual({});
    });

    it('do not count the sweep as completed if a shard failed', async () => {
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

  it('contain no request or response, no credentials of a URL and no rendered data', async () => {
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
