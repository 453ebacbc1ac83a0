import { beforeEach, describe, expect, it } from 'vitest';
import {
  type DeliveryMessage,
  deliveriesOf,
  readDeliveryMessage,
} from '../../../core/model/delivery-message.ts';
import { EVENT_BATCH_SPAN_MS } from '../../../core/model/event.ts';
import { newFlow } from '../../../core/model/flow.ts';
import type { RecordedAttempt } from '../../../core/ports/attempt-log.ts';
import { answers } from '../../support/in-memory/sender.ts';
import {
  eventBatchBody,
  inMemoryPipeline,
  type Pipeline,
  received,
  refuseAll,
  takeAll,
} from '../../support/pipeline.ts';
import { eventRecord, NOW, projectRecord, subscriptionRecord } from '../../support/records.ts';

type EventBatchMessage = Extract<DeliveryMessage, { kind: 'event-batch' }>;

let pipeline: Pipeline;
beforeEach(async () => {
  pipeline = inMemoryPipeline();
  for (const id of ['erp', 'crm']) await pipeline.projects.create(projectRecord({ id }), []);
});

const subscribe = async (given: Parameters<typeof subscriptionRecord>[0] = {}) => {
  const subscription = subscriptionRecord({ events: ['*'], ...given });
  await pipeline.subscriptions.create(subscription);
  return subscription;
};

const waitingOf = async (id: string) => (await pipeline.mailbox.list(id, { limit: 100, cursor: null })).items;

describe('events that arrive in one invocation', () => {
  const message = (id: string, given: object = {}) =>
    received({ body: JSON.stringify({ project: 'erp', type: 'invoice.created', data: {}, id, ...given }) });
  const sent = () => takeAll(pipeline.deliveriesQueue).map(({ body }) => readDeliveryMessage(body));
  const told = (messages: readonly DeliveryMessage[]) =>
    messages.map((read) => {
      if (read.kind === 'delivery') return `${read.delivery.subscriptionId} ${read.delivery.event.id}`;
      if (read.kind !== 'event-batch') throw new Error(`A ${read.kind} does not belong here.`);
      return `${read.subscriptionId} ${read.events.map((event) => event.id)}`;
    });

  it('go to a subscription in one message, in the project’s message group and in their order', async () => {
    const [all, paid] = [await subscribe({ id: 'sub_all' }), await subscribe({ events: ['invoice.paid'] })];
    const paying = { type: 'invoice.paid' };
    await pipeline.fanOut()([message('e1'), message('e2', paying), message('e3'), message('e4', paying)]);
    const groups = pipeline.deliveriesQueue.sent.map(({ groupId }) => groupId);
    expect(groups).toEqual(['erp', 'erp']);
    expect(told(sent())).toEqual([`${all.id} e1,e2,e3,e4`, `${paid.id} e2,e4`]);
  });

  it('go alone if a subscription matches only one of them, or if they arrived alone', async () => {
    const { id } = await subscribe({ condition: 'data.n == 2' });
    await pipeline.fanOut()([1, 2, 3].map((n) => message(`e${n}`, { data: { n } })));
    await pipeline.fanOut()([message('e4', { data: { n: 2 } })]);
    expect(told(sent())).toEqual([`${id} e2`, `${id} e4`]);
    expect((await pipeline.events.get('erp', 'e2'))?.eventBatch).toMatch(/^lot_/);
    expect((await pipeline.events.get('erp', 'e4'))?.eventBatch).toBeUndefined();
  });

  it('form an event batch per project and per span of acceptance times', async () => {
    await subscribe();
    await subscribe({ project: 'crm' });
    const late = { ...message('e3'), sentAt: NOW - 2 * EVENT_BATCH_SPAN_MS };
    await pipeline.fanOut()([message('e1'), message('c1', { project: 'crm' }), message('e2'), late]);
    const eventBatches = new Map<string, string | undefined>();
    for (const [project, id] of [
      ['erp', 'e1'],
      ['erp', 'e2'],
      ['erp', 'e3'],
      ['crm', 'c1'],
    ] as const)
      eventBatches.set(id, (await pipeline.events.get(project, id))?.eventBatch);
    expect(eventBatches.get('e1')).toMatch(/^lot_/);
    expect(eventBatches.get('e2')).toBe(eventBatches.get('e1'));
    // An event that arrived alone has no event batch.
    expect([eventBatches.get('e3'), eventBatches.get('c1')]).toEqual([undefined, undefined]);
    expect(told(sent()).map((text) => text.split(' ')[1])).toEqual(['e1,e2', 'e3', 'c1']);
  });

  it.each([
    ['x', 25_000],
    ['é', 12_500],
  ])('share messages that SQS bills as one request, counted in bytes (%s)', async (character, length) => {
    const { id } = await subscribe();
    const large = { data: { text: character.repeat(length) } };
    await pipeline.fanOut()([1, 2, 3, 4, 5].map((n) => message(`e${n}`, large)));
    for (const { body } of pipeline.deliveriesQueue.sent)
      expect(Buffer.byteLength(body)).toBeLessThan(65_536);
    expect(told(sent())).toEqual([`${id} e1,e2`, `${id} e3,e4`, `${id} e5`]);
  });

  it('are sent in their original event batch after a first handling ended half way', async () => {
    await subscribe();
    const messages = [message('e1'), message('e2')];
    const { send } = pipeline.deliveriesQueue.queue;
    refuseAll(pipeline.deliveriesQueue);
    expect(await pipeline.fanOut()(messages)).toEqual(messages.map(({ id }) => id));
    pipeline.deliveriesQueue.queue.send = send;
    // Now together with another event, which gets another event batch.
    expect(await pipeline.fanOut()([message('e3'), ...messages])).toEqual([]);
    expect(told(sent()).map((text) => text.split(' ')[1])).toEqual(['e3', 'e1,e2']);
    const eventBatchOf = async (id: string) => (await pipeline.events.get('erp', id))?.eventBatch;
    expect(await eventBatchOf('e1')).toBe(await eventBatchOf('e2'));
    expect(await eventBatchOf('e3')).not.toBe(await eventBatchOf('e1'));
  });

  it('are not delivered before they are in the project log', async () => {
    await subscribe();
    const { append } = pipeline.events;
    pipeline.events.append = async () => Promise.reject(new Error('throttled'));
    const messages = [message('e1'), message('e2')];
    expect(await pipeline.fanOut()(messages)).toEqual(messages.map(({ id }) => id));
    expect(sent()).toEqual([]);
    pipeline.events.append = append;
    expect(await pipeline.fanOut()(messages)).toEqual([]);
    expect(told(sent())).toHaveLength(1);
    const { items } = await pipeline.events.list('erp', {}, { limit: 10, cursor: null });
    expect(items.map(({ id }) => id).toSorted()).toEqual(['e1', 'e2']);
  });

  it('are appended to the log before a second copy of one of them among the same records', async () => {
    const { append } = pipeline.events;
    const entering: string[] = [];
    pipeline.events.append = async (events, mayBeThere) => {
      entering.push(`begins ${mayBeThere}`);
      await append(events, mayBeThere);
      await new Promise(setImmediate);
      entering.push(`ended ${mayBeThere}`);
    };
    const copy = message('e1');
    await pipeline.fanOut()([copy, message('e2'), copy]);
    expect(entering).toEqual(['begins false', 'ended false', 'begins true', 'ended true']);
  });

  it('are received again if they could not be sent, while another project’s events are not', async () => {
    await subscribe();
    await subscribe({ id: 'sub_crm', project: 'crm' });
    const { send } = pipeline.deliveriesQueue.queue;
    pipeline.deliveriesQueue.queue.send = async (messages) =>
      messages.every(({ groupId }) => groupId === 'crm') ? send(messages) : new Set(messages.keys());
    const messages = [message('e1'), message('c1', { project: 'crm' }), message('e2')];
    expect(await pipeline.fanOut()(messages)).toEqual([messages[0]?.id, messages[2]?.id]);
    expect(told(sent())).toEqual(['sub_crm c1']);
  });

  it('have their bindings read only once', async () => {
    await subscribe();
    const { page } = pipeline.bindings;
    const asked: string[] = [];
    pipeline.bindings.page = async (project, pattern, request) => {
      asked.push(`${project} ${pattern}`);
      return page(project, pattern, request);
    };
    await pipeline.fanOut()(['e1', 'e2', 'e3'].map((id) => message(id)));
    expect(asked.toSorted()).toEqual([...new Set(asked)].toSorted());
    expect(asked.length).toBeGreaterThan(1);
  });
});

describe('the deliveries of an event batch', () => {
  const batchOf = (subscriptionId: string, ids: readonly string[], eventBatch = 'lot_1') =>
    received({
      body: eventBatchBody({
        project: 'erp',
        subscriptionId,
        eventBatch,
        events: ids.map((id) => eventRecord({ id, eventBatch })),
      }),
    });
  const idsOf = (requests: readonly { headers: Readonly<Record<string, string>> }[]) =>
    requests.map(({ headers }) => headers['webhook-id']);
  const recorded = () => {
    const { record } = pipeline.attemptLog;
    const calls: (readonly RecordedAttempt[])[] = [];
    pipeline.attemptLog.record = async (attempts) => {
      calls.push(attempts);
      return record(attempts);
    };
    return calls;
  };

  it('are read as first attempts, with the same part of the event batch each time', () => {
    const read = (ids: string[]) =>
      deliveriesOf(readDeliveryMessage(batchOf('sub_1', ids).body) as EventBatchMessage);
    expect(read(['e1', 'e2'])).toEqual(read(['e1', 'e2']));
    expect(read(['e1', 'e2']).part).not.toEqual(read(['e1']).part);
    expect(read(['e1', 'e2']).deliveries).toMatchObject([
      {
        number: 1,
        trigger: 'event',
        subscriptionId: 'sub_1',
        event: { id: 'e1', data: '{"total":50000.0}' },
      },
      { number: 1, trigger: 'event', subscriptionId: 'sub_1', event: { id: 'e2' } },
    ]);
  });

  it('are one request each, and their successes are recorded together once the last has ended', async () => {
    const { id } = await subscribe();
    const calls = recorded();
    const { promise, resolve } = Promise.withResolvers<ReturnType<typeof answers>>();
    pipeline.endpoint.answer = ({ headers }) => (headers['webhook-id'] === 'e2' ? promise : answers(200));
    const delivering = pipeline.deliver()([batchOf(id, ['e1', 'e2', 'e3'])]);
    await expect.poll(() => pipeline.requests.length).toBe(3);
    expect(calls).toEqual([]);
    resolve(answers(200));
    expect(await delivering).toEqual([]);
    expect(idsOf(pipeline.requests)).toEqual(['e1', 'e2', 'e3']);
    expect(
      calls.map((attempts) => attempts.map(({ eventId, eventBatch }) => `${eventId} ${eventBatch?.id}`)),
    ).toEqual([['e1 lot_1', 'e3 lot_1', 'e2 lot_1']]);
  });

  it('are recorded together with those of their own message if the message is received twice at once', async () => {
    const { id } = await subscribe();
    const calls = recorded();
    const { promise, resolve } = Promise.withResolvers<ReturnType<typeof answers>>();
    // All requests of the second message but the first wait until the first message is done.
    pipeline.endpoint.answer = () => (pipeline.requests.length > 4 ? promise : answers(200));
    const [first, again] = [batchOf(id, ['e1', 'e2', 'e3']), batchOf(id, ['e1', 'e2', 'e3'])];
    const delivering = pipeline.deliver()([first, again]);
    await expect.poll(() => calls.length).toBe(1);
    resolve(answers(200));
    await delivering;
    const ids = calls.map((attempts) => attempts.map(({ eventId }) => eventId).toSorted());
    expect(ids).toEqual([
      ['e1', 'e2', 'e3'],
      ['e1', 'e2', 'e3'],
    ]);
  });

  it('are recorded and retried alone if they fail', async () => {
    const { id } = await subscribe({ retry: [7] });
    const calls = recorded();
    pipeline.endpoint.answer = ({ headers }) => answers(headers['webhook-id'] === 'e2' ? 500 : 200);
    expect(await pipeline.deliver()([batchOf(id, ['e1', 'e2', 'e3'])])).toEqual([]);
    const written = calls
      .flat()
      .map(({ eventId, outcome, eventBatch }) => `${eventId} ${outcome} ${eventBatch?.id ?? 'alone'}`);
    expect(written.toSorted()).toEqual(['e1 success lot_1', 'e2 failure alone', 'e3 success lot_1']);
    expect(await waitingOf(id)).toMatchObject([{ eventId: 'e2', number: 2 }]);
    pipeline.endpoint.answer = () => answers(200);
    await pipeline.events.putOnce(eventRecord({ id: 'e2' }), 'm');
    pipeline.time.now += 7000;
    await pipeline.pump()(takeAll(pipeline.pumpsQueue));
    expect(calls.at(-1)).toMatchObject([{ eventId: 'e2', number: 2 }]);
    expect(calls.at(-1)?.[0]?.eventBatch).toBeUndefined();
  });

  it('are held individually, with one write and one call of the pump, while the endpoint is not direct', async () => {
    const { id } = await subscribe({ flow: newFlow(new Date(NOW).toISOString()) });
    const { write } = pipeline.mailbox;
    let writes = 0;
    pipeline.mailbox.write = async (...args) => {
      writes++;
      return write(...args);
    };
    await pipeline.deliver()([batchOf(id, ['e1', 'e2'])]);
    expect(pipeline.requests).toEqual([]);
    expect((await waitingOf(id)).map(({ eventId }) => eventId)).toEqual(['e1', 'e2']);
    expect([writes, pipeline.pumpsQueue.sent.length]).toEqual([1, 1]);
  });

  describe('after an internal fault', () => {
    beforeEach(() => {
      pipeline.endpoint.answer = ({ headers }) => answers(headers['webhook-id'] === 'e2' ? 500 : 200);
      pipeline.mailbox.write = async () => Promise.reject(new Error('throttled'));
    });

    it('are repeated individually, while the others are done', async () => {
      const { id } = await subscribe({ retry: [3600] });
      expect(await pipeline.deliver()([batchOf(id, ['e1', 'e2', 'e3'])])).toEqual([]);
      const [again, ...others] = pipeline.retriesQueue.sent;
      expect(others).toEqual([]);
      expect(again).toMatchObject({ groupId: 'erp' });
      expect(again?.delaySeconds).toBeGreaterThan(0);
      expect(readDeliveryMessage(again?.body ?? '')).toMatchObject({
        delivery: { number: 1, trigger: 'event', event: { id: 'e2' } },
      });
      expect(pipeline.counts).toMatchObject({ MessagesFailed: 1 });
      const faults = pipeline.lines.filter(({ level }) => level === 'error');
      expect(faults).toMatchObject([{ message: 'delivery not made', fields: { eventId: 'e2' } }]);
    });

    it('are received again with the others if they cannot be queued individually', async () => {
      const { id } = await subscribe({ retry: [3600] });
      refuseAll(pipeline.retriesQueue);
      const message = batchOf(id, ['e1', 'e2', 'e3']);
      expect(await pipeline.deliver()([message])).toEqual([message.id]);
    });

    it('are received again together if all of them failed', async () => {
      const { id } = await subscribe({ retry: [3600] });
      pipeline.endpoint.answer = () => answers(500);
      const message = batchOf(id, ['e1', 'e2']);
      expect(await pipeline.deliver()([message])).toEqual([message.id]);
      expect(pipeline.retriesQueue.sent).toEqual([]);
    });
  });
});
