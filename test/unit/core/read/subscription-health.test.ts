import { beforeEach, describe, expect, it } from 'vitest';
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

  it('has no next probe while its owner pauses it, because none will be sent', async () => {
    const subscription = subscriptionRecord({ flow: down, paused: true });
    await planProbe(subscription);
    expect((await subscriptionHealth(pipeline, subscription)).nextProbeAt).toBeNull();
  });
});
