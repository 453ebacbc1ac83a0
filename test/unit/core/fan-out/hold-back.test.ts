import { beforeEach, describe, expect, it } from 'vitest';
import type { JsonText } from '../../../../core/kernel/json-text.ts';
import { operationalEventMessage } from '../../../../core/model/event-message.ts';
import type { OutgoingMessage } from '../../../../core/model/queue-message.ts';
import type { Admission } from '../../../../core/publish/publishing-rate.ts';
import { inMemoryPipeline, type Pipeline } from '../../../support/pipeline.ts';
import { NOW, projectRecord, subscriptionRecord } from '../../../support/records.ts';

describe('an event from the queue of a project that publishes more than it may', () => {
  let pipeline: Pipeline;
  let counted: number[];
  let admission: Admission;
  beforeEach(async () => {
    pipeline = inMemoryPipeline();
    counted = [];
    admission = { isAdmitted: true, from: NOW };
    await pipeline.projects.create(projectRecord({ id: 'erp' }), []);
    await pipeline.subscriptions.create(subscriptionRecord({ events: ['*'] }));
  });
  const rate = {
    take: async (_project: string, events: number) => {
      counted.push(events);
      return admission;
    },
  };
  const handle = (...messages: Parameters<ReturnType<Pipeline['fanOut']>>[0]) =>
    pipeline.fanOut(500, undefined, undefined, rate)(messages);
  const published = (id: string, more = {}) => ({
    id: `m_${id}`,
    body: JSON.stringify({ project: 'erp', id, type: 'a', data: {} }),
    groupId: undefined,
    sentAt: NOW,
    receiveCount: 1,
    attributes: {},
    faults: 0,
    ...more,
  });
  const received = ({ body, attributes = {} }: OutgoingMessage) => published('x', { body, attributes });
  const delivered = () => pipeline.deliveriesQueue.sent.length;

  it('is counted once, and goes on while its project is within its rate', async () => {
    expect(await handle(published('a'), published('b'))).toEqual([]);
    expect(counted).toEqual([2]);
    expect(delivered()).toBeGreaterThan(0);
    expect(pipeline.internalQueue.sent).toEqual([]);
  });

  it('is received again when its turn has come, and delivered then without being counted again', async () => {
    admission = { isAdmitted: true, from: NOW + 41_500 };
    expect(await handle(published('a'))).toEqual([]);
    expect(delivered()).toBe(0);
    const [copy] = pipeline.internalQueue.sent;
    if (copy === undefined) throw new Error('Nothing was sent.');
    expect(copy).toMatchObject({ delaySeconds: 42, attributes: { 'ancrage-message-id': 'm_a' } });
    expect(pipeline.counts.EventsHeldBack).toBe(1);
    await handle(received(copy));
    expect(counted).toEqual([1]);
    expect(delivered()).toBe(1);
  });

  it('waits a quarter of an hour at a time if its turn is further away, and is never dead-lettered', async () => {
    admission = { isAdmitted: false, limit: 'bytes', until: NOW + 5_000_000 };
    await handle(published('a'));
    const [copy] = pipeline.internalQueue.sent;
    if (copy === undefined) throw new Error('Nothing was sent.');
    expect(copy.delaySeconds).toBe(900);
    await handle(received(copy));
    expect(counted).toEqual([1, 1]);
    expect(pipeline.internalQueue.sent).toHaveLength(2);
    expect(pipeline.deadLetterQueue.sent).toEqual([]);
    expect(delivered()).toBe(0);
  });

  it('stays in the queue if its copy could not be sent', async () => {
    admission = { isAdmitted: false, limit: 'rate', until: NOW + 5000 };
    pipeline.internalQueue.queue.send = async () => new Set([0]);
    expect(await handle(published('a'), published('b'))).toEqual(['m_a']);
  });

  it.each(['taking its rate', 'sending its copy'])(
    'is received again after a fault in %s, and holds up no other project',
    async (where) => {
      await pipeline.projects.create(projectRecord({ id: 'shop' }), []);
      await pipeline.subscriptions.create(subscriptionRecord({ project: 'shop', events: ['*'] }));
      const fault = new Error('Too much throughput.');
      const broken = {
        take: async (project: string): Promise<Admission> => {
          if (project === 'shop') return { isAdmitted: true, from: NOW };
          if (where === 'taking its rate') throw fault;
          return { isAdmitted: false, limit: 'rate', until: NOW + 5000 };
        },
      };
      pipeline.internalQueue.queue.send = () => Promise.reject(fault);
      const body = JSON.stringify({ project: 'shop', id: 's', type: 'a', data: {} });
      const messages = [published('a'), published('s', { body }), published('b')];
      expect(await pipeline.fanOut(500, undefined, undefined, broken)(messages)).toEqual(['m_a', 'm_b']);
      expect(delivered()).toBe(1);
      const told = pipeline.lines.filter(({ fields }) => fields.error === fault);
      expect(told).toMatchObject([{ level: 'error', fields: { project: 'erp', count: 2 } }]);
    },
  );

  it('is not counted if it was counted when it was published over HTTPS, or received before', async () => {
    await handle(
      published('a', { attributes: { 'ancrage-checked': 'true' } }),
      published('b', { receiveCount: 2 }),
    );
    expect(counted).toEqual([]);
    expect(delivered()).toBeGreaterThan(0);
  });

  describe('that is operational', () => {
    beforeEach(() => pipeline.subscriptions.create(subscriptionRecord({ events: ['ancrage.*'] })));
    const event = { type: 'ancrage.delivery.exhausted', data: '{}' as JsonText };
    const report = (id: string, messageId: string) => ({
      ...received(operationalEventMessage('erp', { ...event, id }, new Date(NOW).toISOString(), 0)),
      id: messageId,
    });

    it('is counted like any other event, and not when it is repeated', async () => {
      await handle(report('one', 'm_1'), report('one', 'm_2'), report('two', 'm_3'), published('a'));
      await handle(report('one', 'm_4'), report('two', 'm_5'));
      expect(counted).toEqual([1, 2]);
      const types = pipeline.deliveriesQueue.sent.flatMap(({ body }) => body.match(/ancrage\.\w+/g));
      expect(types.filter((type) => type !== null)).toHaveLength(2);
    });

    it('waits like any other event, and is delivered once when its turn has come', async () => {
      admission = { isAdmitted: true, from: NOW + 41_500 };
      expect(await handle(report('one', 'm_1'), report('one', 'm_2'))).toEqual([]);
      expect(await handle(report('one', 'm_3'))).toEqual([]);
      expect(delivered()).toBe(0);
      const [copy, ...others] = pipeline.internalQueue.sent;
      if (copy === undefined) throw new Error('Nothing was sent.');
      expect(others).toEqual([]);
      expect(copy).toMatchObject({ delaySeconds: 42, attributes: { 'ancrage-message-id': 'm_1' } });
      expect(await handle(received(copy))).toEqual([]);
      expect(counted).toEqual([1]);
      expect(delivered()).toBe(1);
    });

    it('waits on while its project may not publish, and is never dead-lettered', async () => {
      admission = { isAdmitted: false, limit: 'bytes', until: NOW + 5_000_000 };
      await handle(report('one', 'm_1'));
      const [copy] = pipeline.internalQueue.sent;
      if (copy === undefined) throw new Error('Nothing was sent.');
      await handle(received(copy));
      expect(counted).toEqual([1, 1]);
      expect([delivered(), pipeline.deadLetterQueue.sent.length]).toEqual([0, 0]);
      admission = { isAdmitted: true, from: NOW };
      const [, last] = pipeline.internalQueue.sent;
      if (last === undefined) throw new Error('Nothing was sent.');
      await handle(received(last));
      expect(delivered()).toBe(1);
    });

    it('stays in the queue if its copy could not be sent, and is delivered when it is received again', async () => {
      admission = { isAdmitted: false, limit: 'rate', until: NOW + 5000 };
      pipeline.internalQueue.queue.send = async () => new Set([0]);
      expect(await handle(report('one', 'm_1'))).toEqual(['m_1']);
      expect(delivered()).toBe(0);
      expect(await handle({ ...report('one', 'm_1'), receiveCount: 2 })).toEqual([]);
      expect(delivered()).toBe(1);
    });
  });
});
