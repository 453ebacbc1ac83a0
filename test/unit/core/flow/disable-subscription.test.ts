import { describe, expect, it } from 'vitest';
import { disableSubscription } from '../../../../core/flow/disable-subscription.ts';
import { ConflictError } from '../../../../core/kernel/errors.ts';
import { disabled, revise, type Subscription } from '../../../../core/model/subscription.ts';
import { openFlow } from '../../../support/flow-ports.ts';
import { refuseAll } from '../../../support/pipeline.ts';
import { NOW } from '../../../support/records.ts';

const SINCE = new Date(NOW - 1000).toISOString();

describe('disabling a subscription because of its endpoint', () => {
  const open = async (given: Partial<Subscription> = {}) => {
    const flow = await openFlow(given);
    const { pipeline, ports, subscription } = flow;
    return {
      ...flow,
      disable: (reason: 'gone' | 'failing' = 'failing') =>
        disableSubscription(ports, subscription, reason, SINCE),
      published: () => pipeline.internalQueue.sent.map(({ body }) => JSON.parse(body)),
    };
  };

  it.each(['gone', 'failing'] as const)('says why (%s), and publishes it', async (reason) => {
    const { disable, stored, published, logged, counts, subscription } = await open();
    expect(await disable(reason)).toBe(true);
    expect(await stored()).toMatchObject({ ...disabled(reason, NOW), version: 2 });
    expect(published()).toMatchObject([
      {
        type: 'ancrage.subscription.disabled',
        data: { subscriptionId: subscription.id, reason, since: SINCE },
      },
    ]);
    expect(logged('subscription ended')).toMatchObject([{ fields: { reason, follows: 'disabled' } }]);
    expect(counts).toEqual({ SubscriptionsDisabled: 1 });
  });

  it('removes it after a 410 if its dialect says so, and never because it fails', async () => {
    const gone = await open({ onGone: 'remove' });
    expect(await gone.disable('gone')).toBe(true);
    expect(await gone.stored()).toBeNull();
    expect(gone.logged('subscription ended')).toMatchObject([{ fields: { follows: 'removed' } }]);
    const failing = await open({ onGone: 'remove' });
    await failing.disable('failing');
    expect(await failing.stored()).toMatchObject({ enabled: false });
  });

  it('does nothing if it is disabled or gone already', async () => {
    const off = await open({ enabled: false });
    expect(await off.disable()).toBe(true);
    const gone = await open();
    await gone.ports.subscriptions.delete(gone.subscription);
    expect(await gone.disable()).toBe(true);
    expect([off.published(), gone.published()]).toEqual([[], []]);
  });

  it('lets one that was changed since it was read go on: its new URL may work', async () => {
    const { disable, ports, subscription, stored, published } = await open();
    await ports.subscriptions.update(
      subscription,
      revise(subscription, { url: 'https://example.com/b' }, NOW),
    );
    expect(await disable()).toBe(false);
    expect(await stored()).toMatchObject({ enabled: true });
    expect(published()).toEqual([]);
  });

  it('is not done if the event could not be published', async () => {
    const { pipeline, disable, stored } = await open();
    refuseAll(pipeline.internalQueue);
    await expect(disable()).rejects.toThrow('could not be published');
    expect(await stored()).toMatchObject({ enabled: true });
  });

  it.each([
    ['goes on if it was changed in the same moment', {}, false],
    ['has ended if it was disabled in the same moment', disabled('manual', NOW), true],
  ])('%s', async (_, changes, hasEnded) => {
    const { disable, pipeline, subscription, counts } = await open();
    const { update } = pipeline.subscriptions;
    pipeline.subscriptions.update = async (previous) => {
      await update(previous, revise(subscription, changes, NOW));
      throw new ConflictError('The subscription was changed meanwhile.');
    };
    expect(await disable()).toBe(hasEnded);
    expect(counts).toEqual({});
  });

  it('fails with a fault of ours', async () => {
    const { disable, pipeline } = await open();
    pipeline.subscriptions.update = async () => Promise.reject(new Error('throttled'));
    await expect(disable()).rejects.toThrow('throttled');
  });

  it('publishes the same event again if it is repeated', async () => {
    const { disable, pipeline, published } = await open();
    const { update } = pipeline.subscriptions;
    pipeline.subscriptions.update = async () => Promise.reject(new Error('throttled'));
    await expect(disable()).rejects.toThrow();
    pipeline.subscriptions.update = update;
    expect(await disable()).toBe(true);
    const ids = published().map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});
