import { beforeEach, describe, expect, it } from 'vitest';
import { ValidationError } from '../../../../core/kernel/errors.ts';
import type { JsonText } from '../../../../core/kernel/json-text.ts';
import type { Event } from '../../../../core/model/event.ts';
import { LoopError, readHops, refuseHops } from '../../../../core/model/hops.ts';
import { readEventMessage } from '../../../../core/model/read-event-message.ts';
import { publish } from '../../../../core/publish/publish.ts';
import { replayEvent } from '../../../../core/replay/replay-event.ts';
import { answers } from '../../../support/in-memory/sender.ts';
import {
  deliveryBody,
  inMemoryPipeline,
  type Pipeline,
  received,
  takeAll,
} from '../../../support/pipeline.ts';
import { eventRecord, NOW, projectRecord, subscriptionRecord } from '../../../support/records.ts';

describe('the hops that a publisher states', () => {
  it('are none by default, and a whole number up to 8', () => {
    expect([undefined, '0', '1', '8', '08'].map(readHops)).toEqual([0, 0, 1, 8, 8]);
  });

  it.each(['', ' ', '-1', '+1', '1.5', '1e0', '0x1', 'one', '9, 0', '0, 9', '٣', 1, null, ['1']])(
    'are refused if they are not a whole number: %j',
    (stated) => expect(() => readHops(stated)).toThrow(ValidationError),
  );

  it.each(['9', '10', '99999999999999999999', '9'.repeat(400)])('are refused as a loop: %s', (stated) =>
    expect(() => readHops(stated)).toThrow(LoopError),
  );

  it('must not be above 0 where something is delivered that does not count them', () => {
    for (const stated of [undefined, '0']) expect(() => refuseHops(stated)).not.toThrow();
    for (const stated of ['1', '8', '9']) expect(() => refuseHops(stated)).toThrow(LoopError);
  });
});

describe('the hops of a message of the events queue', () => {
  const native = '{"type":"a","data":{}}';
  const hopsOf = (body: string, attributes = {}) => {
    const message = readEventMessage({ body, attributes });
    return message.kind === 'publication' && message.hops;
  };
  const sns = (value: unknown) =>
    JSON.stringify({
      ...{ Type: 'Notification', TopicArn: 'arn:aws:sns:eu-west-1:1:t', Message: native },
      MessageAttributes: { 'ancrage-hops': { Type: 'Number', Value: value } },
    });

  it('are those of its attribute, and none in a message of version 0.1', () => {
    expect(hopsOf(native)).toBe(0);
    expect(hopsOf(native, { 'ancrage-hops': '3' })).toBe(3);
  });

  it('are the most that SNS and SQS state: nobody on the way can lower them', () => {
    expect(hopsOf(sns('5'))).toBe(5);
    expect(hopsOf(sns('5'), { 'ancrage-hops': '0' })).toBe(5);
    expect(hopsOf(sns('0'), { 'ancrage-hops': '5' })).toBe(5);
  });

  it('are refused like those over HTTPS', () => {
    expect(() => hopsOf(native, { 'ancrage-hops': '9' })).toThrow(LoopError);
    expect(() => hopsOf(native, { 'ancrage-hops': '-9' })).toThrow(ValidationError);
    expect(() => hopsOf(sns('9'))).toThrow(LoopError);
    expect(() => hopsOf(sns(3))).toThrow(ValidationError);
  });

  it('cannot be a member of the event', () => {
    for (const name of ['hops', 'ancrage-hops'])
      expect(() => hopsOf(JSON.stringify({ type: 'a', data: {}, [name]: 0 }))).toThrow(ValidationError);
  });
});

describe('the hops of an event', () => {
  let pipeline: Pipeline;
  beforeEach(async () => {
    pipeline = inMemoryPipeline();
    await pipeline.projects.create(projectRecord({ id: 'erp' }), []);
  });
  const subscribe = async (given: Parameters<typeof subscriptionRecord>[0] = {}) => {
    const subscription = subscriptionRecord({ events: ['a'], retry: [7], ...given });
    await pipeline.subscriptions.create(subscription);
    return subscription;
  };
  const publishWith = (hops: number) =>
    publish(pipeline.publishPorts, 'erp', [{ id: 'e1', type: 'a', data: '{}' as JsonText }], hops);
  const fanOut = () => pipeline.fanOut()(takeAll(pipeline.internalQueue));
  const deliver = async () => {
    await pipeline.deliver()(takeAll(pipeline.deliveriesQueue));
    await pipeline.deliver()(takeAll(pipeline.retriesQueue));
  };
  const pumpAt = async (now: number) => {
    pipeline.time.now = now;
    await pipeline.pump()(takeAll(pipeline.pumpsQueue));
  };
  const sentHops = () => pipeline.requests.map(({ headers }) => headers['ancrage-hops']);
  /** Make the first attempt of an event. */
  const attempt = (subscriptionId: string, event: Event) =>
    pipeline.deliver()([
      received({
        body: deliveryBody({ project: 'erp', subscriptionId, number: 1, trigger: 'event', event }),
      }),
    ]);

  it('travel from the call to the first attempt, its retry and a replay', async () => {
    await subscribe();
    await publishWith(3);
    await fanOut();
    pipeline.endpoint.answer = () => answers(500);
    await deliver();
    pipeline.endpoint.answer = () => answers(200);
    await pumpAt(NOW + 7000);
    const event = await pipeline.events.get('erp', 'e1');
    expect(event?.hops).toBe(3);
    const ports = {
      subscriptions: pipeline.subscriptions,
      internalQueue: pipeline.internalQueue.queue,
      retriesQueue: { send: async () => new Set<number>() },
      clock: pipeline.clock,
    };
    await replayEvent(ports, event as Event, undefined);
    await fanOut();
    await deliver();
    await pumpAt(NOW + 8000);
    expect(sentHops()).toEqual(['4', '4', '4']);
  });

  it('are absent from the stored event if there are none, as in version 0.1', async () => {
    await publishWith(0);
    expect(pipeline.internalQueue.sent[0]?.attributes).not.toHaveProperty('ancrage-hops');
    await fanOut();
    expect(await pipeline.events.get('erp', 'e1')).not.toHaveProperty('hops');
  });

  it('pass to the operational event about an exhausted delivery', async () => {
    const { id } = await subscribe({ retry: 'none' });
    pipeline.endpoint.answer = () => answers(500);
    await attempt(id, eventRecord({ type: 'a', hops: 5 }));
    expect(pipeline.internalQueue.sent).toMatchObject([{ attributes: { 'ancrage-hops': '5' } }]);
  });

  it.each([
    ['pass to the operational event about a subscription that is gone', 'a', '5'],
    ['grow where an operational event causes another', 'ancrage.subscription.disabled', '6'],
  ])('%s', async (_title, type, hops) => {
    const { id } = await subscribe({ events: [type] });
    pipeline.endpoint.answer = () => answers(410);
    await attempt(id, eventRecord({ type, hops: 5 }));
    expect(pipeline.internalQueue.sent).toMatchObject([{ attributes: { 'ancrage-hops': hops } }]);
  });

  it.each([
    [8, 422, 0],
    [7, 422, 1],
    [8, 503, 1],
    [8, 429, 1],
  ])('at %i have a %i retried %i times', async (hops, status, retries) => {
    const { id } = await subscribe();
    pipeline.endpoint.answer = () => answers(status);
    await attempt(id, eventRecord({ type: 'a', hops }));
    expect((await pipeline.mailbox.list(id, { limit: 9, cursor: null })).items).toHaveLength(retries);
  });

  it('above 8 dead-letter a message at once, with the reason', async () => {
    await subscribe();
    const body = '{"project":"erp","type":"a","data":{}}';
    const message = received({ body, attributes: { 'ancrage-hops': '9' } });
    expect(await pipeline.fanOut()([message])).toEqual([]);
    expect(pipeline.deadLetterQueue.sent).toMatchObject([
      { body, attributes: { reason: expect.stringContaining('more than 8 hops'), 'ancrage-hops': '9' } },
    ]);
    expect(pipeline.deliveriesQueue.sent).toEqual([]);
  });
});
