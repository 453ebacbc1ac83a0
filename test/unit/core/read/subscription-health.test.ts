import { beforeEach, describe, expect, it } from 'vitest';
import { DIRECT, newFlow } from '../../../../core/model/flow.ts';
import { type FlowState, NEW_PACE } from '../../../../core/model/flow-state.ts';
import type { Subscription } from '../../../../core/model/subscription.ts';
import { subscriptionHealth } from '../../../../core/read/subscription-health.ts';
import { inMemoryPipeline, type Pipeline } from '../../../support/pipeline.ts';
import { NOW, subscriptionRecord, waitingRecord } from '../../../support/records.ts';

describe('the health of a subscription', () => {
  let pipeline: Pipeline;
  beforeEach(() => {
    pipeline = inMemoryPipeline();
  });
  const since = new Date(NOW).toISOString();
  const down = { mode: 'paused', reason: 'down', since, watchedSince: NOW } as const;
  const planProbe = async (subscription: Subscription) => {
    await pipeline.subscriptions.create(subscription);
    await pipeline.flows.change('erp', subscription.id, (state) => ({
      ...state,
      nextProbeAt: NOW + 300_000,
    }));
  };
  const isoAfter = (ms: number) => new Date(NOW + ms).toISOString();

  it('has what waits and no probe while the endpoint is direct', async () => {
    const subscription = subscriptionRecord();
    const { id: subscriptionId } = subscription;
    await pipeline.mailbox.write([waitingRecord({ subscriptionId })]);
    await pipeline.flows.wake('erp', subscriptionId, NOW, false);
    expect(await subscriptionHealth(pipeline, subscription)).toMatchObject({
      mode: 'direct',
      held: 1,
      nextProbeAt: null,
      window: null,
    });
  });

  it('has the next probe of a paused endpoint, which an arrival brings forward', async () => {
    const subscription = subscriptionRecord({ flow: down });
    await planProbe(subscription);
    expect((await subscriptionHealth(pipeline, subscription)).nextProbeAt).toBe(isoAfter(300_000));
    await pipeline.flows.wake('erp', subscription.id, NOW + 15_000, false);
    expect((await subscriptionHealth(pipeline, subscription)).nextProbeAt).toBe(isoAfter(15_000));
  });

  it('is tried once the pump has sent something, or something has failed, since the endpoint was new', async () => {
    const flow = newFlow(isoAfter(0));
    const subscription = subscriptionRecord({ flow });
    await pipeline.subscriptions.create(subscription);
    const tried = async (given: Subscription = subscription) =>
      (await subscriptionHealth(pipeline, given)).tried;
    const note = (changes: Partial<FlowState>) =>
      pipeline.flows.change('erp', subscription.id, (state) => ({ ...state, ...changes }));
    expect(await tried()).toBe(false);
    // The former endpoint's pump was about to end its turn.
    await note({ pace: { ...NEW_PACE, sentAt: NOW - 5 }, lastSuccessAt: isoAfter(-10) });
    expect(await tried()).toBe(false);
    await note({ pace: { ...NEW_PACE, sentAt: NOW + 5 } });
    expect(await tried()).toBe(true);
    await note({ pace: NEW_PACE, lastFailureAt: isoAfter(5) });
    expect(await tried()).toBe(true);
    expect(await tried({ ...subscription, id: 'sub_other', flow: DIRECT })).toBe(true);
  });

  it('has no next probe while its owner pauses it, because none will be sent', async () => {
    const subscription = subscriptionRecord({ flow: down, paused: true });
    await planProbe(subscription);
    expect((await subscriptionHealth(pipeline, subscription)).nextProbeAt).toBeNull();
  });
});
