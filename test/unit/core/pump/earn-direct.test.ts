import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newFlow } from '../../../../core/model/flow.ts';
import type { Subscription } from '../../../../core/model/subscription.ts';
import { answers } from '../../../support/in-memory/sender.ts';
import { inMemoryPipeline, type Pipeline, takeAll } from '../../../support/pipeline.ts';
import { eventRecord, NOW, subscriptionRecord, waitingRecord } from '../../../support/records.ts';

describe('a paced endpoint', () => {
  let pipeline: Pipeline;
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
    pipeline = inMemoryPipeline();
    Object.defineProperty(pipeline.time, 'now', { get: () => Date.now() });
  });
  afterEach(() => void vi.useRealTimers());

  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const subscribe = async (given: Partial<Subscription> = {}) => {
    const subscription = subscriptionRecord({ flow: newFlow(new Date(NOW).toISOString()), ...given });
    await pipeline.subscriptions.create(subscription);
    return subscription.id;
  };
  const arrive = async (subscriptionId: string) => {
    const event = eventRecord({ acceptedAt: new Date().toISOString() });
    await pipeline.events.putOnce(event, 'm1');
    await pipeline.mailbox.write([waitingRecord({ subscriptionId, eventId: event.id, dueAt: Date.now() })]);
    await pipeline.flows.wake('erp', subscriptionId, Date.now(), false);
  };
  const turn = async () => {
    await pipeline.sweep();
    return pipeline.pump()(takeAll(pipeline.pumpsQueue));
  };
  const modeOf = async (id: string) => (await pipeline.subscriptions.get('erp', id))?.flow.mode;
  /** Take a turn while something arrives 20 times a second. Return the mode after five seconds of that. */
  const busyTurn = async (id: string) => {
    const arriving = setInterval(() => void arrive(id), 50);
    await arrive(id);
    const done = turn();
    await vi.advanceTimersByTimeAsync(5000);
    const mode = await modeOf(id);
    clearInterval(arriving);
    await vi.runAllTimersAsync();
    expect(await done).toEqual([]);
    return mode;
  };

  it('becomes direct although something arrives all the time, and the pump sends the rest', async () => {
    const id = await subscribe();
    pipeline.endpoint.answer = () => pause(20).then(() => answers(200));
    expect(await busyTurn(id)).toBe('direct');
    const rest = turn();
    await vi.runAllTimersAsync();
    expect(await rest).toEqual([]);
    expect(await pipeline.mailbox.count(id, 1)).toBe(0);
    expect(pipeline.requests.length).toBeGreaterThanOrEqual(100);
  });

  it.each([
    ['has a rate limit', { rateLimit: { perSecond: 100 } }, () => answers(200)],
    ['fails', {}, () => answers(500)],
    ['asks for fewer requests', {}, () => answers(429)],
  ])('stays paced if it %s', async (_, given, answer) => {
    const id = await subscribe({ retry: [3600], ...given });
    pipeline.endpoint.answer = () => pause(20).then(answer);
    expect(await busyTurn(id)).not.toBe('direct');
  });
});
