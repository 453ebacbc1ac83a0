import { vi } from 'vitest';
import { pumpQueue } from '../../core/adapters/sqs/pump-queue.ts';
import { PUBLIC_DESTINATIONS } from '../../core/contract.ts';
import { type Flow, newFlow } from '../../core/model/flow.ts';
import type { FlowState } from '../../core/model/flow-state.ts';
import { pumpMessageText } from '../../core/model/pump-message.ts';
import type { SendResult } from '../../core/model/send-result.ts';
import type { Subscription } from '../../core/model/subscription.ts';
import type { WaitingDelivery } from '../../core/model/waiting-delivery.ts';
import { answers } from './in-memory/sender.ts';
import { inMemoryPipeline, received, takeAll } from './pipeline.ts';
import { eventRecord, NOW, subscriptionRecord, unique, waitingRecord } from './records.ts';

const iso = (at: number) => new Date(at).toISOString();

export const PACED: Flow = newFlow(iso(NOW));
export const DOWN: Flow = { mode: 'paused', reason: 'down', since: iso(NOW), watchedSince: NOW };

interface Sent {
  readonly eventId: string;
  readonly at: number;
}

/** Let fake time pass until a promise has settled. */
export async function inFakeTime<Value>(promise: Promise<Value>): Promise<Value> {
  let isSettled = false;
  const settle = () => {
    isSettled = true;
  };
  promise.then(settle, settle);
  for (;;) {
    // Promises that wait for no timer settle first.
    await vi.advanceTimersByTimeAsync(0);
    if (isSettled) return promise;
    await vi.advanceTimersToNextTimerAsync();
  }
}

/** Create a pipeline in fake time, with a paced subscription. The test must go back to real time. */
export async function pumped(given: Partial<Subscription> = {}) {
  vi.useFakeTimers({ now: NOW });
  const pipeline = inMemoryPipeline();
  Object.defineProperty(pipeline.time, 'now', { get: () => Date.now() });
  const subscription = subscriptionRecord({ flow: PACED, ...given });
  const { id, project } = subscription;
  await pipeline.subscriptions.create(subscription);

  const sent: Sent[] = [];
  /** How long the endpoint takes, and what it answers. */
  const endpoint = { ms: 10, answer: (_eventId: string): SendResult | Promise<SendResult> => answers(200) };
  const load = { open: 0, most: 0 };
  pipeline.endpoint.answer = async ({ headers }) => {
    const eventId = headers['webhook-id'] ?? '';
    sent.push({ eventId, at: Date.now() - NOW });
    load.most = Math.max(load.most, ++load.open);
    await new Promise((resolve) => setTimeout(resolve, endpoint.ms));
    load.open--;
    return { ...(await endpoint.answer(eventId)), durationMs: endpoint.ms };
  };

  /** Store an event, and return its delivery as it waits in the mailbox. */
  const waiting = async (entry: Partial<WaitingDelivery> = {}): Promise<WaitingDelivery> => {
    const delivery = waitingRecord({ subscriptionId: id, eventId: unique('evt'), ...entry });
    await pipeline.events.putOnce(eventRecord({ id: delivery.eventId }), delivery.eventId);
    return delivery;
  };
  /** Put deliveries into the mailbox, and have its pump due. */
  const put = async (...entries: Partial<WaitingDelivery>[]): Promise<WaitingDelivery[]> => {
    const deliveries = await Promise.all(entries.map(waiting));
    await pipeline.mailbox.write(deliveries);
    await pipeline.flows.wake(project, id, Date.now(), true);
    return deliveries;
  };
  /** Do something just before or after a method of the flow store is called for the first time. */
  function once(when: 'before' | 'after', name: 'release' | 'idle' | 'remove', act: () => Promise<unknown>) {
    const flows = pipeline.flows as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
    const original = flows[name] as (...given: unknown[]) => Promise<unknown>;
    flows[name] = async (...given) => {
      flows[name] = original;
      if (when === 'before') await act();
      const result = await original(...given);
      if (when === 'after') await act();
      return result;
    };
  }
  const message = () => received({ body: pumpMessageText({ project, subscriptionId: id }) });

  return {
    pipeline,
    id,
    sent,
    endpoint,
    load,
    waiting,
    put,
    once,
    message,
    /** The ports of whoever manages the subscription. */
    managing: {
      ...pipeline,
      pumpsQueue: pumpQueue(pipeline.pumpsQueue.queue),
      policy: PUBLIC_DESTINATIONS,
    },
    putMany: (count: number, entry: Partial<WaitingDelivery> = {}) =>
      put(...Array.from({ length: count }, () => entry)),
    /** Run the pump for a turn. */
    turn: () => inFakeTime(pipeline.pump()([message()])),
    /** Run the pump when the message that was sent for it arrives. Return when that was, or null if there is none. */
    async nextTurn(): Promise<number | null> {
      const delays = pipeline.pumpsQueue.sent.map(({ delaySeconds = 0 }) => delaySeconds);
      if (delays.length === 0) return null;
      const messages = takeAll(pipeline.pumpsQueue);
      await vi.advanceTimersByTimeAsync(Math.min(...delays) * 1000);
      const at = Date.now() - NOW;
      await inFakeTime(pipeline.pump()(messages));
      return at;
    },
    /** Return what waits in the mailbox. */
    async box(): Promise<readonly WaitingDelivery[]> {
      return (await pipeline.mailbox.list(id, { limit: 1000, cursor: null })).items;
    },
    async stored(): Promise<Subscription> {
      const found = await pipeline.subscriptions.get(project, id);
      if (found === null) throw new Error('The subscription is gone.');
      return found;
    },
    async change(changes: Partial<Subscription>): Promise<void> {
      const found = await pipeline.subscriptions.get(project, id);
      if (found === null) throw new Error('The subscription is gone.');
      await pipeline.subscriptions.update(found, { ...found, ...changes, version: found.version + 1 });
    },
    item: () => pipeline.flows.get(id),
    changeState: (changes: Partial<FlowState>) =>
      pipeline.flows.change(project, id, (state) => ({ ...state, ...changes })),
    attempts: async () => (await pipeline.attemptLog.ofSubscription(id, { limit: 1000, cursor: null })).items,
    logged: (text: string) => pipeline.lines.filter((line) => line.message === text),
  };
}

export type Pumped = Awaited<ReturnType<typeof pumped>>;
