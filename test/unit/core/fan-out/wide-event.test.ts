import { beforeEach, describe, expect, it } from 'vitest';
import { readDeliveryMessage } from '../../../../core/model/delivery-message.ts';
import { continuationMessage } from '../../../../core/model/event-message.ts';
import type { QueueMessage } from '../../../../core/model/queue-message.ts';
import { inMemoryPipeline, type Pipeline, received, takeAll } from '../../../support/pipeline.ts';
import { eventRecord, projectRecord, subscriptionRecord } from '../../../support/records.ts';

const PER_STEP = 5;
const ALWAYS = Number.POSITIVE_INFINITY;

describe('the fan-out of a wide event', () => {
  let pipeline: Pipeline;
  let subscribers: string[];
  beforeEach(async () => {
    pipeline = inMemoryPipeline();
    await pipeline.projects.create(projectRecord({ id: 'erp' }), []);
    // Five steps.
    subscribers = [];
    for (let n = 0; n < 22; n++) {
      const subscription = subscriptionRecord({
        id: `sub_${String(n).padStart(2, '0')}`,
        events: [n < 7 ? 'invoice.created' : '*'],
      });
      await pipeline.subscriptions.create(subscription);
      subscribers.push(subscription.id);
    }
  });
  const message = (id = 'e1') =>
    received({ body: JSON.stringify({ project: 'erp', type: 'invoice.created', data: {}, id }) });
  const again = (one: QueueMessage) => ({ ...one, receiveCount: one.receiveCount + 1 });
  /** Handle messages in an invocation that has time for all steps. */
  const handle = (...messages: QueueMessage[]) => pipeline.fanOut(PER_STEP, undefined, ALWAYS)(messages);
  /** Handle messages in an invocation that has time for one step. */
  const handleOneStep = (...messages: QueueMessage[]) => pipeline.fanOut(PER_STEP)(messages);
  /** Return the subscriptions that deliveries were sent for since the last call, in order. */
  const sentTo = () =>
    takeAll(pipeline.retriesQueue).map(({ body }) => {
      const read = readDeliveryMessage(body);
      if (read.kind === 'delivery') return read.delivery.subscriptionId;
      if (read.kind === 'replay') return read.replayed.subscriptionId;
      throw new Error(`A ${read.kind} does not belong here.`);
    });
  const steps = (from: number, to: number) => subscribers.slice(PER_STEP * (from - 1), PER_STEP * to);

  /** Let the nth call of a port be the last that an invocation makes. Return when it has been made. */
  const dieAt = <Name extends string>(
    port: { [name in Name]: (...args: never[]) => Promise<unknown> },
    name: Name,
    nth: number,
  ): Promise<void> => {
    const call = port[name];
    return new Promise((resolve) => {
      let calls = 0;
      port[name] = (async (...args: never[]) => {
        if (++calls !== nth) return call(...args);
        port[name] = call;
        resolve();
        return new Promise(() => {});
      }) as typeof call;
    });
  };

  it('sends only what is left if an invocation dies after some steps and its message is received again', async () => {
    const died = dieAt(pipeline.retriesQueue.queue, 'send', 4);
    const one = message();
    void handle(one);
    await died;
    expect(sentTo()).toEqual(steps(1, 3));
    expect(await handle(again(one))).toEqual([]);
    expect(sentTo()).toEqual(steps(4, 5));
  });

  it('repeats one step if an invocation dies before it has stored that the step is sent', async () => {
    const died = dieAt(pipeline.positions, 'move', 3);
    const one = message();
    void handle(one);
    await died;
    expect(sentTo()).toEqual(steps(1, 3));
    expect(await handle(again(one))).toEqual([]);
    expect(sentTo()).toEqual(steps(3, 5));
  });

  it('goes on with a continuation whose invocation died', async () => {
    await handleOneStep(message());
    const died = dieAt(pipeline.retriesQueue.queue, 'send', 3);
    const [continuation = message()] = takeAll(pipeline.internalQueue);
    void handle(continuation);
    await died;
    expect(sentTo()).toEqual(steps(1, 3));
    expect(await handle(again(continuation))).toEqual([]);
    expect(sentTo()).toEqual(steps(4, 5));
  });

  it('goes on from the position if the invocation died before it sent the continuation', async () => {
    const died = dieAt(pipeline.internalQueue.queue, 'send', 1);
    const one = message();
    void handleOneStep(one);
    await died;
    expect(await handle(again(one))).toEqual([]);
    expect(sentTo()).toEqual(subscribers);
  });

  it('is not repeated if a message of it is received again when it is done', async () => {
    const one = message();
    await handleOneStep(one);
    const [continuation = message()] = takeAll(pipeline.internalQueue);
    await handle(continuation);
    expect(sentTo()).toEqual(subscribers);
    expect(await handle(again(one), again(continuation), continuation)).toEqual([]);
    expect(sentTo()).toEqual([]);
    expect(pipeline.internalQueue.sent).toEqual([]);
  });

  it('has one successor of a continuation that is received twice at once', async () => {
    await handleOneStep(message());
    const [continuation = message()] = takeAll(pipeline.internalQueue);
    expect(sentTo()).toEqual(steps(1, 1));
    await Promise.all([handleOneStep(continuation), handleOneStep(continuation)]);
    expect(sentTo()).toHaveLength(2 * PER_STEP);
    // The other only looks, much later, whether the event is done.
    expect(pipeline.internalQueue.sent.map(({ delaySeconds }) => delaySeconds).sort()).toEqual([
      900,
      undefined,
    ]);
    const late = pipeline.internalQueue.sent.findIndex(({ delaySeconds }) => delaySeconds === 900);
    const [look = message()] = pipeline.internalQueue.sent.splice(late, 1).map(received);
    await handle(...takeAll(pipeline.internalQueue));
    expect(sentTo()).toEqual(steps(3, 5));
    expect(await handle(look)).toEqual([]);
    expect(sentTo()).toEqual([]);
  });

  it('stops within an invocation, too, when another has overtaken it', async () => {
    const { move } = pipeline.positions;
    const one = message();
    let moves = 0;
    // The message is received again while its first handling still runs.
    pipeline.positions.move = async (...args) => {
      if (++moves === 2) await handle(again(one));
      return move(...args);
    };
    expect(await handle(one)).toEqual([]);
    expect(sentTo()).toEqual([...steps(1, 2), ...steps(2, 5)]);
  });

  it('is completed if the faster of two handlings of the same message dies', async () => {
    const one = message();
    const died = dieAt(pipeline.internalQueue.queue, 'send', 1);
    void handleOneStep(one);
    await died;
    // The other began when nothing was stored yet.
    const { get } = pipeline.positions;
    pipeline.positions.get = async () => null;
    expect(await handle(again(one))).toEqual([]);
    pipeline.positions.get = get;
    sentTo();
    expect(await handle(...takeAll(pipeline.internalQueue))).toEqual([]);
    expect(sentTo()).toEqual(steps(2, 5));
  });

  it('does not pass a step with unsent deliveries', async () => {
    const { send } = pipeline.retriesQueue.queue;
    let calls = 0;
    pipeline.retriesQueue.queue.send = async (messages) => {
      if (++calls !== 3) return send(messages);
      // The invocation has no time left for another try.
      pipeline.time.now += 1000;
      await send(messages.slice(1));
      return new Set([0]);
    };
    const one = message();
    expect(await pipeline.fanOut(PER_STEP, undefined, pipeline.time.now + 1000)([one])).toEqual([one.id]);
    expect(sentTo()).toEqual([...steps(1, 2), ...steps(3, 3).slice(1)]);
    expect(pipeline.internalQueue.sent).toEqual([]);
    expect(await handle(again(one))).toEqual([]);
    expect(sentTo()).toEqual(steps(3, 5));
  });

  it('sends only the unsent deliveries again while there is time', async () => {
    const { send } = pipeline.retriesQueue.queue;
    let calls = 0;
    pipeline.retriesQueue.queue.send = async (messages) => {
      if (++calls !== 2) return send(messages);
      await send(messages.slice(0, -1));
      return new Set([messages.length - 1]);
    };
    expect(await handle(message())).toEqual([]);
    expect(sentTo()).toEqual(subscribers);
    expect(calls).toBe(6);
  });

  it('does not go on if its position could not be stored', async () => {
    const { move } = pipeline.positions;
    pipeline.positions.move = async () => Promise.reject(new Error('throttled'));
    const one = message();
    expect(await handleOneStep(one)).toEqual([one.id]);
    expect(pipeline.internalQueue.sent).toEqual([]);
    pipeline.positions.move = move;
    sentTo();
    expect(await handle(again(one))).toEqual([]);
    expect(sentTo()).toEqual(subscribers);
  });

  it('takes a continuation of version 0.1, which stores no position, as it is', async () => {
    const event = eventRecord({ id: 'e1' });
    await pipeline.events.putOnce(event, 'message');
    const from = (pattern: number, cursor: string | null) =>
      received(continuationMessage({ project: 'erp', eventId: 'e1', pattern, cursor }));
    expect(await handleOneStep(from(0, 'sub_04'))).toEqual([]);
    expect(sentTo()).toEqual(steps(2, 2));
    expect(await handle(from(2, 'sub_14'))).toEqual([]);
    expect(sentTo()).toEqual(steps(4, 5));
  });

  it('of a replay has a position of its own', async () => {
    await handle(message());
    sentTo();
    const requestedAt = new Date(pipeline.time.now).toISOString();
    for (const id of ['rpl_1', 'rpl_2']) {
      const died = dieAt(pipeline.retriesQueue.queue, 'send', 3);
      const start = { project: 'erp', eventId: 'e1', pattern: 0, cursor: null };
      const replay = received(continuationMessage({ ...start, replay: { id, requestedAt } }));
      void handle(replay);
      await died;
      expect(sentTo()).toEqual(steps(1, 2));
      expect(await handle(again(replay))).toEqual([]);
      expect(sentTo()).toEqual(steps(3, 5));
    }
  });

  it('costs an event with one step, or its replay, neither a read nor a write', async () => {
    const used: string[] = [];
    const { get, move } = pipeline.positions;
    pipeline.positions.get = (...args) => {
      used.push('get');
      return get(...args);
    };
    pipeline.positions.move = (...args) => {
      used.push('move');
      return move(...args);
    };
    const handleAtOnce = pipeline.fanOut(100, undefined, ALWAYS);
    await handleAtOnce([message()]);
    const replay = { id: 'rpl_1', requestedAt: new Date(pipeline.time.now).toISOString() };
    const start = { project: 'erp', eventId: 'e1', pattern: 0, cursor: null };
    await handleAtOnce([received(continuationMessage({ ...start, replay }))]);
    expect(pipeline.retriesQueue.sent).toHaveLength(22);
    expect(used).toEqual([]);
  });
});
