import { beforeEach, describe, expect, it } from 'vitest';
import { redeem } from '../../../../core/claim-check/claim-check.ts';
import type { JsonText } from '../../../../core/kernel/json-text.ts';
import { deliveriesOf, readDeliveryMessage } from '../../../../core/model/delivery-message.ts';
import { operationalEventMessage, validatedEventMessage } from '../../../../core/model/event-message.ts';
import { attributeBytes } from '../../../../core/model/queue-message.ts';
import { conditionMark } from '../../../../core/model/subscription.ts';
import { inMemoryPipeline, type Pipeline, received, refuseAll, takeAll } from '../../../support/pipeline.ts';
import { NOW, projectRecord, subscriptionRecord } from '../../../support/records.ts';

/** A derived id. */
const EVT_ID = expect.stringMatching(/^evt_[\w-]{22}$/);

describe('fan-out', () => {
  let pipeline: Pipeline;
  beforeEach(async () => {
    pipeline = inMemoryPipeline();
    await pipeline.projects.create(projectRecord({ id: 'erp' }), []);
  });
  const message = (event: object = {}) =>
    received({ body: JSON.stringify({ project: 'erp', type: 'invoice.created', data: {}, ...event }) });
  const subscribe = async (count: number, events = ['invoice.created']) => {
    for (let n = 0; n < count; n++) await pipeline.subscriptions.create(subscriptionRecord({ events }));
  };
  const delivered = () =>
    [...takeAll(pipeline.deliveriesQueue), ...takeAll(pipeline.retriesQueue)].flatMap(({ body }) => {
      const read = readDeliveryMessage(body);
      if (read.kind === 'delivery') return [read.delivery];
      if (read.kind === 'event-batch') return deliveriesOf(read).deliveries;
      throw new Error(`A ${read.kind} does not belong here.`);
    });

  it('sends one first attempt for each subscription, in the project’s message group', async () => {
    await subscribe(3);
    expect(await pipeline.fanOut()([message({ id: 'e1' })])).toEqual([]);
    const groups = pipeline.deliveriesQueue.sent.map(({ groupId }) => groupId);
    const deliveries = delivered();
    expect(deliveries).toHaveLength(3);
    expect(groups).toEqual(['erp', 'erp', 'erp']);
    for (const delivery of deliveries)
      expect(delivery).toMatchObject({ number: 1, trigger: 'event', event: { id: 'e1' } });
  });

  it('completes a message whose first handling ended half way', async () => {
    await subscribe(2);
    const first = message({ id: 'e1' });
    const send = pipeline.deliveriesQueue.queue.send;
    refuseAll(pipeline.deliveriesQueue);
    expect(await pipeline.fanOut()([first])).toEqual([first.id]);
    pipeline.deliveriesQueue.queue.send = send;
    expect(await pipeline.fanOut()([first])).toEqual([]);
    expect(delivered()).toHaveLength(2);
  });

  it('tells the delivery which condition it has found to hold', async () => {
    const condition = 'data.total > 1';
    const make = (given: string | null) =>
      pipeline.subscriptions.create(subscriptionRecord({ events: ['invoice.created'], condition: given }));
    for (const given of [condition, null, '1 > "a"']) await make(given);
    await pipeline.fanOut()([message({ data: { total: 5 } })]);
    const held = delivered().map((delivery) => 'conditionHeld' in delivery && delivery.conditionHeld);
    expect(held).toEqual([conditionMark(condition), false, false]);
  });

  it('sends an operational event to subscriptions bound to * only if their own patterns name it', async () => {
    const event = { type: 'ancrage.delivery.exhausted', id: 'o1', data: '{"attempts":1}' as JsonText };
    const lists = [['*'], ['*', 'ancrage.*'], ['ancrage.*'], ['a'], ['*', 'ancrage.subscription.*']];
    const ids = new Map<string, readonly string[]>();
    for (const events of lists)
      for (const condition of [null, 'data.attempts == 1', 'data.attempts == 2']) {
        const subscription = subscriptionRecord({ events, condition });
        await pipeline.subscriptions.create(subscription);
        ids.set(subscription.id, [...events, `${condition}`]);
      }
    const sent = operationalEventMessage('erp', event, new Date(NOW).toISOString(), 0);
    // One delivery per step: the patterns and their bindings are read from any position.
    for (let left = [received(sent)]; left.length > 0; left = takeAll(pipeline.internalQueue))
      expect(await pipeline.fanOut(1)(left)).toEqual([]);
    expect(delivered().map(({ subscriptionId }) => ids.get(subscriptionId))).toEqual([
      ['ancrage.*', 'null'],
      ['ancrage.*', 'data.attempts == 1'],
      ['*', 'ancrage.*', 'null'],
      ['*', 'ancrage.*', 'data.attempts == 1'],
    ]);
  });

  it('evaluates conditions within an allowance and leaves the rest to the deliveries', async () => {
    const make = async (condition: string, count: number) => {
      for (let n = 0; n < count; n++)
        await pipeline.subscriptions.create(
          subscriptionRecord({ events: ['invoice.created'], condition: condition.replace('N', `${n}`) }),
        );
    };
    await make('data.total < 1', 100);
    // Each costs about a third of the allowance.
    await make('data.list | sort | length < 1 - N', 30);
    await make('data.list | sort | length > 1', 1);
    await make('data.total > 1', 1);
    const list = Array.from({ length: 3000 }, (_, n) => (n * 7919) % 3001);
    await pipeline.fanOut()([message({ data: { total: 5, list } })]);
    const count = delivered().length;
    expect(count).toBeGreaterThan(20);
    expect(count).toBeLessThan(32);
    // The attempts evaluate the rest.
    await pipeline.fanOut()([message({ data: { total: 5, list: [2, 1] } })]);
    expect(delivered()).toHaveLength(2);
  });

  it('shares the allowance among the steps of an event, and among the events of a project', async () => {
    for (let n = 0; n < 30; n++) {
      const condition = `data.list | sort | length < 1 - ${n}`;
      await pipeline.subscriptions.create(subscriptionRecord({ events: ['invoice.created'], condition }));
    }
    const list = Array.from({ length: 3000 }, (_, n) => (n * 7919) % 3001);
    const costly = () => message({ data: { list } });
    await pipeline.fanOut()([costly()]);
    const excluded = 30 - delivered().length;
    expect(excluded).toBeGreaterThan(0);
    await pipeline.fanOut(5, undefined, Number.POSITIVE_INFINITY)([costly()]);
    const wide = takeAll(pipeline.retriesQueue).length;
    expect(30 - wide).toBe(excluded);
    await pipeline.fanOut()([costly(), costly()]);
    expect(60 - delivered().length).toBe(excluded);
  });

  it('ignores another message with the id of a stored event', async () => {
    await subscribe(1);
    expect(await pipeline.fanOut()([message({ id: 'e1' }), message({ id: 'e2' })])).toEqual([]);
    expect(await pipeline.fanOut()([message({ id: 'e1' })])).toEqual([]);
    expect(delivered().map(({ event }) => event.id)).toEqual(['e1', 'e2']);
  });

  it('derives a missing event id from the message, so that receiving it again repeats the same event', async () => {
    await subscribe(1);
    const one = message();
    await pipeline.fanOut()([one]);
    await pipeline.fanOut()([one]);
    const ids = delivered().map(({ event }) => event.id);
    expect(new Set(ids)).toEqual(new Set([`evt_${one.id}`]));
  });

  it('leaves the rest of a large fan-out to continuations that reach each subscription exactly once', async () => {
    await subscribe(7);
    await subscribe(7, ['invoice.*']);
    await subscribe(7, ['*']);
    let steps = 0;
    pipeline.internalQueue.sent.push(message({ id: 'e1' }) as never);
    while (pipeline.internalQueue.sent.length > 0) {
      steps++;
      expect(await pipeline.fanOut(5)(takeAll(pipeline.internalQueue))).toEqual([]);
      expect(pipeline.retriesQueue.sent.length).toBeLessThanOrEqual(5 * steps);
    }
    // So many must not delay other events' deliveries.
    expect(pipeline.deliveriesQueue.sent).toEqual([]);
    const ids = delivered().map(({ subscriptionId }) => subscriptionId);
    expect(steps).toBe(5);
    expect(ids).toHaveLength(21);
    expect(new Set(ids).size).toBe(21);
  });

  it('goes on with a large fan-out while there is time', async () => {
    await subscribe(7);
    await subscribe(7, ['*']);
    expect(await pipeline.fanOut(5, undefined, Number.POSITIVE_INFINITY)([message({ id: 'e1' })])).toEqual(
      [],
    );
    expect(pipeline.internalQueue.sent).toEqual([]);
    expect(pipeline.deliveriesQueue.sent).toEqual([]);
    const ids = delivered().map(({ subscriptionId }) => subscriptionId);
    expect(ids).toHaveLength(14);
    expect(new Set(ids).size).toBe(14);
  });

  it('does not acknowledge a message if its continuation could not be sent', async () => {
    await subscribe(3);
    refuseAll(pipeline.internalQueue);
    const one = message();
    expect(await pipeline.fanOut(2)([one])).toEqual([one.id]);
  });

  it('sends no continuation of a message that will be received again', async () => {
    await subscribe(3);
    refuseAll(pipeline.retriesQueue);
    const first = message({ id: 'e1' });
    expect(await pipeline.fanOut(2)([first])).toEqual([first.id]);
    expect(pipeline.internalQueue.sent).toEqual([]);
  });

  it('stops sending deliveries of messages that will be received again', async () => {
    await subscribe(450);
    const { send } = pipeline.deliveriesQueue.queue;
    pipeline.deliveriesQueue.queue.send = async (messages) => {
      await send(messages.slice(1));
      return new Set([0]);
    };
    const messages = [message({ id: 'e1' }), message({ id: 'e2' })];
    expect(await pipeline.fanOut()(messages)).toEqual(messages.map(({ id }) => id));
    expect(pipeline.deliveriesQueue.sent.length).toBeLessThan(100);
  });

  it('dead-letters a message that it cannot read, with the reason, and handles the others', async () => {
    await subscribe(1);
    const bad = received({ body: 'garbage\u0000', attributes: { project: 'erp' } });
    expect(await pipeline.fanOut()([bad, message()])).toEqual([]);
    expect(delivered()).toHaveLength(1);
    const [dead] = pipeline.deadLetterQueue.sent;
    expect(dead).toMatchObject({
      body: bad.body,
      attributes: { project: 'erp', 'ancrage-message-id': bad.id, reason: expect.stringMatching(/not JSON/) },
    });
    expect(dead?.attributes?.reason).not.toMatch(/\p{Cc}/u);
  });

  it('does not acknowledge a message that it could not dead-letter', async () => {
    refuseAll(pipeline.deadLetterQueue);
    const bad = received({ body: 'garbage' });
    expect(await pipeline.fanOut()([bad])).toEqual([bad.id]);
  });

  it('returns only the id of the message that failed, and handles the others', async () => {
    await subscribe(1);
    const put = pipeline.events.putOnce;
    pipeline.events.putOnce = async (event, messageId) => {
      if (event.id === 'faulty') throw new Error('throttled');
      return put(event, messageId);
    };
    const faulty = message({ id: 'faulty' });
    expect(await pipeline.fanOut()([message({ id: 'e1' }), faulty, message({ id: 'e2' })])).toEqual([
      faulty.id,
    ]);
    expect(delivered().map(({ event }) => event.id)).toEqual(['e1', 'e2']);
  });

  it('takes the project from the body, the attribute or the default, in this order', async () => {
    for (const id of ['crm', 'shop']) await pipeline.projects.create(projectRecord({ id }), []);
    const body = JSON.stringify({ type: 'a', data: {}, id: 'same' });
    await pipeline.fanOut(
      500,
      'shop',
    )([
      received({ body, attributes: { project: 'crm' } }),
      received({ body }),
      message({ type: 'a', id: 'same' }),
    ]);
    for (const project of ['erp', 'crm', 'shop'])
      expect(await pipeline.events.get(project, 'same')).toMatchObject({ project });
  });

  it('delivers events of two sources that use the same ids', async () => {
    await subscribe(1, ['*']);
    for (const writeFormat of [1, 2] as const)
      for (const source of ['/a', '/b', '/a', '/b'])
        expect(
          await pipeline.fanOut(
            500,
            undefined,
            undefined,
            undefined,
            writeFormat,
          )([cloudEvent({ source, data: {} })]),
        ).toEqual([]);
    const ids = delivered().map(({ event }) => event.id);
    expect(ids).toEqual(['1', expect.stringMatching(/^1-[\w-]{22}$/), EVT_ID, EVT_ID]);
    expect(new Set(ids).size).toBe(4);
    expect(pipeline.deadLetterQueue.sent).toEqual([]);
  });

  const inFormat = (writeFormat: 1 | 2) => pipeline.fanOut(500, undefined, undefined, undefined, writeFormat);
  const cloudEvent = (more: object) =>
    received({
      body: JSON.stringify({
        specversion: '1.0',
        ...{ id: '1', source: '/a', type: 'invoice.created', project: 'erp', data: 'text', subject: 's' },
        ...more,
      }),
    });

  it.each([
    [1, 'The event is larger than 384 KB.'],
    [2, 'There is no project "nobody".'],
  ] as const)(
    'sets aside a message of almost 1 MiB with its reason, in format %i',
    async (format, reason) => {
      const body = JSON.stringify({ project: 'nobody', type: 'a', data: { text: 'é'.repeat(524_200) } });
      expect(await inFormat(format)([received({ body })])).toEqual([]);
      const [{ body: sent = '', attributes = {} } = {}] = pipeline.deadLetterQueue.sent;
      expect(attributes.reason).toBe(reason);
      expect(Buffer.byteLength(sent) + attributeBytes(attributes)).toBeLessThanOrEqual(1_048_576);
      expect(await redeem(pipeline.bodies, { body: sent, attributes })).toBe(body);
    },
  );

  it('keeps what a CloudEvent says in format 2 only, and refuses what format 1 has no place for', async () => {
    await subscribe(1);
    await inFormat(2)([cloudEvent({})]);
    expect(delivered().map(({ event }) => event)).toMatchObject([
      {
        id: EVT_ID,
        publisherId: '1',
        source: '/a',
        data: '"text"',
        cloudEvent: '{"project":"erp","subject":"s"}',
      },
    ]);
    await inFormat(1)([cloudEvent({ id: '2', data: {} }), cloudEvent({ id: '3' })]);
    const [{ event } = {}] = delivered();
    expect(event).toMatchObject({ id: '2', source: '/a', data: '{}' });
    expect(event).not.toHaveProperty('cloudEvent');
    expect(pipeline.deadLetterQueue.sent[0]?.attributes?.reason).toBe('data is not an object');
  });

  it.each([
    [1, 2],
    [2, 1],
  ] as const)('completes a message across a change from format %d to %d', async (before, after) => {
    await subscribe(1);
    const [one, other] = [cloudEvent({ data: {} }), cloudEvent({ source: '/b', data: {} })];
    await inFormat(before)([one, other]);
    const first = delivered().map(({ event }) => event);
    // The handling ended before it deleted the messages.
    await inFormat(after)([one, other].map((each) => ({ ...each, receiveCount: 2 })));
    expect(delivered().map(({ event }) => event)).toEqual(first);
  });

  it('completes a message with data that the stage’s format has no place for any more', async () => {
    await subscribe(1);
    const one = cloudEvent({});
    await inFormat(2)([one]);
    await inFormat(1)([{ ...one, receiveCount: 2 }]);
    expect(delivered()).toHaveLength(2);
    expect(pipeline.deadLetterQueue.sent).toEqual([]);
  });

  it('takes an event that was published over HTTPS in format 2 as it is', async () => {
    await subscribe(1);
    const published = {
      ...{ project: 'erp', type: 'invoice.created', id: 'evt_derived', source: '/a', publisherId: '1' },
      ...{ data: '[1.0]' as JsonText, cloudEvent: '{"n":1.10}' as JsonText },
    };
    await inFormat(1)([received(validatedEventMessage(published, NOW, 0))]);
    expect(delivered().map(({ event }) => event)).toMatchObject([published]);
  });

  it('dead-letters a message after its last receive, and delivers it after a redrive', async () => {
    await subscribe(2);
    const failing = { ...message({ id: 'e1' }), receiveCount: 9 };
    const send = pipeline.deliveriesQueue.queue.send;
    refuseAll(pipeline.deliveriesQueue);
    expect(await pipeline.fanOut()([failing])).toEqual([failing.id]);
    pipeline.deliveriesQueue.queue.send = send;
    expect(await pipeline.fanOut()([{ ...failing, receiveCount: 10 }])).toEqual([]);
    expect(delivered()).toEqual([]);
    const [redriven] = takeAll(pipeline.deadLetterQueue);
    if (redriven === undefined) throw new Error('It was not dead-lettered.');
    expect(redriven.id).not.toBe(failing.id);
    expect(redriven.attributes.reason).toMatch(/could not be fanned out/);
    expect(await pipeline.fanOut()([redriven])).toEqual([]);
    expect(delivered()).toHaveLength(2);
  });

  it.each(['garbage', 'null', '{}', '{"project":"erp","eventId":"e","pattern":-1,"cursor":null}'])(
    'dead-letters an invalid continuation: %s',
    async (body) => {
      expect(
        await pipeline.fanOut()([received({ body, attributes: { 'ancrage-continuation': 'true' } })]),
      ).toEqual([]);
      expect(pipeline.deadLetterQueue.sent).toHaveLength(1);
    },
  );

  it('fans out large events in smaller steps', async () => {
    await subscribe(60);
    pipeline.internalQueue.sent.push(message({ id: 'e1', data: { text: 'x'.repeat(250_000) } }) as never);
    let steps = 0;
    while (pipeline.internalQueue.sent.length > 0) {
      const before = pipeline.retriesQueue.sent.length;
      expect(await pipeline.fanOut()(takeAll(pipeline.internalQueue))).toEqual([]);
      expect((pipeline.retriesQueue.sent.length - before) * 250_000).toBeLessThan(9_000_000);
      steps++;
    }
    expect(steps).toBe(2);
    expect(new Set(delivered().map(({ subscriptionId }) => subscriptionId)).size).toBe(60);
  });

  it.each([
    ['an invalid project id in the attribute', { project: 'x'.repeat(5000) }],
    ['an empty project id in the attribute', { project: '' }],
  ])('dead-letters a message with %s', async (_name, attributes) => {
    expect(await pipeline.fanOut()([received({ body: '{"type":"a","data":{}}', attributes })])).toEqual([]);
    expect(pipeline.deadLetterQueue.sent).toHaveLength(1);
  });

  it('does not lose a message while nothing can be sent, not even to the dead-letter queue', async () => {
    await subscribe(1);
    const { send } = pipeline.deliveriesQueue.queue;
    const { send: sendDead } = pipeline.deadLetterQueue.queue;
    refuseAll(pipeline.deliveriesQueue);
    refuseAll(pipeline.deadLetterQueue);
    const original = message({ id: 'e1' });
    for (let receiveCount = 1; receiveCount <= 9; receiveCount++)
      expect(await pipeline.fanOut()([{ ...original, receiveCount }])).toEqual([original.id]);
    pipeline.deliveriesQueue.queue.send = send;
    pipeline.deadLetterQueue.queue.send = sendDead;
    expect(await pipeline.fanOut()([{ ...original, receiveCount: 10 }])).toEqual([]);
    expect(pipeline.deliveriesQueue.sent).toEqual([]);
    expect(await pipeline.fanOut()(takeAll(pipeline.deadLetterQueue))).toEqual([]);
    expect(pipeline.deliveriesQueue.sent).toHaveLength(1);
  });
});
