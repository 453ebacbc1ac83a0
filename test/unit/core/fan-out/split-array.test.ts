import { beforeEach, describe, expect, it } from 'vitest';
import { orderOf } from '../../../../core/model/event-order.ts';
import { inMemoryPipeline, type Pipeline, received, refuseAll, takeAll } from '../../../support/pipeline.ts';
import { NOW, projectRecord, subscriptionRecord } from '../../../support/records.ts';

/** An array of events in one message of the queue. */
describe('an array of events', () => {
  let pipeline: Pipeline;
  beforeEach(async () => {
    pipeline = inMemoryPipeline();
    for (const id of ['erp', 'crm']) await pipeline.projects.create(projectRecord({ id }), []);
    await pipeline.subscriptions.create(subscriptionRecord({ events: ['paid'] }));
  });
  const arrayOf = (events: readonly object[], attributes = {}) => ({
    ...received({ body: ` ${JSON.stringify(events)}`, attributes }),
    id: 'm1',
  });
  const paid = (more: object = {}) => ({ project: 'erp', type: 'paid', data: {}, ...more });
  /** Fan out what fan-out has sent to itself. */
  const fanOutEvents = () => pipeline.fanOut()(takeAll(pipeline.internalQueue));

  it('becomes an event for each element, with ids of the message and in its order', async () => {
    const cloudEvent = {
      specversion: '1.0',
      id: 'ce',
      source: '/erp',
      type: 'paid',
      project: 'erp',
      data: {},
    };
    expect(await pipeline.fanOut()([arrayOf([paid(), paid({ id: 'mine' }), paid()])])).toEqual([]);
    expect(await fanOutEvents()).toEqual([]);
    for (const [index, id] of ['evt_m1-0', 'mine', 'evt_m1-2'].entries()) {
      const event = await pipeline.events.get('erp', id);
      expect(event && orderOf(event)).toBe(NOW * 1000 + index);
    }
    expect(await pipeline.fanOut()([arrayOf([cloudEvent])])).toEqual([]);
    expect(await fanOutEvents()).toEqual([]);
    expect(pipeline.deadLetterQueue.sent).toEqual([]);
  });

  it('is of the project that its attribute names, and its events inherit the hops', async () => {
    await pipeline.fanOut()([
      arrayOf([{ type: 'paid', data: {} }], { project: 'erp', 'ancrage-hops': '3', 'ancrage-faults': '1' }),
    ]);
    const [{ attributes } = {}] = pipeline.internalQueue.sent;
    expect(attributes).toEqual({
      project: 'erp',
      'ancrage-hops': '3',
      'ancrage-message-id': 'm1-0',
      'ancrage-sent-at': String(NOW),
      'ancrage-order': String(NOW * 1000),
    });
    await fanOutEvents();
    expect(await pipeline.events.get('erp', 'evt_m1-0')).toMatchObject({ hops: 3 });
  });

  it.each([
    ['an invalid event', [paid(), { project: 'erp', data: {} }], /^1\.type /],
    ['an array within it', [paid(), []], /^1 The message is not a JSON object/],
    [
      'a project that does not exist',
      [paid(), paid({ project: 'nobody' })],
      /^1 There is no project "nobody"/,
    ],
    ['no project', [{ type: 'paid', data: {} }], /^0 The message names no project/],
    ['events of several projects', [paid(), paid({ project: 'crm' })], /several projects/],
    ['an operational event', [paid({ type: 'ancrage.delivery.exhausted' })], /^0\.type /],
    ['no event', [], /not an array of 1 to 100 events/],
    ['more than 100 events', Array.from({ length: 101 }, () => paid()), /not an array of 1 to 100 events/],
  ])('with %s is dead-lettered as a whole, with the reason', async (_what, events, reason) => {
    expect(await pipeline.fanOut()([arrayOf(events)])).toEqual([]);
    expect(pipeline.internalQueue.sent).toEqual([]);
    expect(pipeline.deadLetterQueue.sent).toMatchObject([
      { body: ` ${JSON.stringify(events)}`, attributes: { reason: expect.stringMatching(reason) } },
    ]);
  });

  it('is received again if an event of it could not be sent, and each event is delivered once', async () => {
    const send = pipeline.internalQueue.queue.send;
    refuseAll(pipeline.internalQueue);
    expect(await pipeline.fanOut()([arrayOf([paid(), paid()])])).toEqual(['m1']);
    pipeline.internalQueue.queue.send = send;
    expect(await pipeline.fanOut()([arrayOf([paid(), paid()])])).toEqual([]);
    await fanOutEvents();
    const sent = takeAll(pipeline.deliveriesQueue)
      .map(({ body }) => body)
      .join();
    expect(sent.match(/"id":"evt_m1-0"/g)).toHaveLength(1);
    expect(sent.match(/"id":"evt_m1-1"/g)).toHaveLength(1);
  });

  it('counts each of its events towards the publishing rate', async () => {
    let taken = 0;
    const rate = {
      take: async (_project: string, events: number) => {
        taken += events;
        return { isAdmitted: true, from: 0 } as const;
      },
    };
    const fanOut = pipeline.fanOut(500, undefined, undefined, rate);
    await fanOut([arrayOf([paid(), paid(), paid()])]);
    await fanOut(takeAll(pipeline.internalQueue));
    expect(taken).toBe(3);
  });
});
