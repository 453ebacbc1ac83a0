import { describe, expect, it } from 'vitest';
import { wakeForArrivals } from '../../../../core/flow/wake-for-arrivals.ts';
import type { Flow } from '../../../../core/model/flow.ts';
import { NO_EVIDENCE } from '../../../../core/model/flow-state.ts';
import type { Subscription } from '../../../../core/model/subscription.ts';
import { openFlow } from '../../../support/flow-ports.ts';
import { NOW, waitingRecord } from '../../../support/records.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** Let deliveries arrive that are due in so many milliseconds. Return in how many their pump is due. */
async function dueAfter(flow: Awaited<ReturnType<typeof openFlow>>, ...dueIn: number[]) {
  const { id: subscriptionId } = flow.subscription;
  const entries = dueIn.map((ms) => waitingRecord({ subscriptionId, dueAt: NOW + ms }));
  await wakeForArrivals(flow.ports, entries);
  const dueAt = (await flow.item())?.dueAt;
  return dueAt == null ? null : dueAt - NOW;
}

describe('an arrival in a mailbox', () => {
  it('wakes the pump once, for what is due first', async () => {
    const flow = await openFlow();
    expect(await dueAfter(flow, HOUR, 60 * SECOND, 90 * SECOND)).toBe(60 * SECOND);
    expect(flow.called()).toBe(1);
  });

  it('wakes the pump now for what was due before', async () => {
    expect(await dueAfter(await openFlow(), -HOUR)).toBe(0);
  });

  it('wakes the pump of each subscription', async () => {
    const flow = await openFlow();
    await wakeForArrivals(flow.ports, [waitingRecord(), waitingRecord()]);
    expect(flow.called()).toBe(2);
  });

  it('does not wake a pump that is due before', async () => {
    const flow = await openFlow();
    await dueAfter(flow, 10 * SECOND);
    flow.called();
    expect(await dueAfter(flow, 20 * SECOND)).toBe(10 * SECOND);
    expect(flow.called()).toBe(0);
  });

  it('leaves a call in more than two minutes to the sweeper', async () => {
    const flow = await openFlow();
    expect(await dueAfter(flow, 120 * SECOND + 1)).toBe(120 * SECOND + 1);
    expect(flow.called()).toBe(0);
  });

  it('wakes the pump of a subscription that is gone now, to end it', async () => {
    const flow = await openFlow();
    await flow.ports.subscriptions.delete(flow.subscription);
    expect(await dueAfter(flow, HOUR)).toBe(0);
  });

  it('wakes no pump of a subscription that its owner has paused', async () => {
    expect(await dueAfter(await openFlow({ paused: true }), 0)).toBeNull();
  });

  it('wakes the pump of one that was resumed since it was cached', async () => {
    const flow = await openFlow({ paused: true });
    const { subscription, ports } = flow;
    await ports.cachedSubscriptions.get('erp', subscription.id);
    await ports.subscriptions.update(subscription, { ...subscription, paused: false, version: 2 });
    expect(await dueAfter(flow, 0)).toBe(0);
  });

  describe('of a paused endpoint', () => {
    const pausedFor = async (
      ms: number,
      state: Partial<typeof NO_EVIDENCE>,
      given: Partial<Subscription> = {},
    ) => {
      const since = new Date(NOW - ms).toISOString();
      const mode: Flow = { mode: 'paused', reason: 'down', since, watchedSince: NOW };
      const flow = await openFlow({ flow: mode, ...given });
      await flow.ports.flows.change('erp', flow.subscription.id, () => ({ ...NO_EVIDENCE, ...state }));
      return flow;
    };

    it('brings the probe forward to fifteen seconds after the last one', async () => {
      const state = { probedAt: NOW - 10 * SECOND, nextProbeAt: NOW + 200 * SECOND };
      expect(await dueAfter(await pausedFor(60 * SECOND, state), 0)).toBe(5 * SECOND);
    });

    it('brings the probe forward to a tenth of the pause after the last one', async () => {
      const state = { probedAt: NOW - 10 * SECOND, nextProbeAt: NOW + 200 * SECOND };
      expect(await dueAfter(await pausedFor(1000 * SECOND, state), 0)).toBe(90 * SECOND);
    });

    it('counts from the beginning of the pause before the first probe', async () => {
      const state = { probedAt: null, nextProbeAt: NOW + 200 * SECOND };
      expect(await dueAfter(await pausedFor(4 * SECOND, state), 0)).toBe(11 * SECOND);
    });

    it('does not put the probe off', async () => {
      const state = { probedAt: NOW - 10 * SECOND, nextProbeAt: NOW + 2 * SECOND };
      expect(await dueAfter(await pausedFor(60 * SECOND, state), 0)).toBe(2 * SECOND);
    });

    it('brings no probe forward for what is due later', async () => {
      const state = { probedAt: NOW - 10 * SECOND, nextProbeAt: NOW + 200 * SECOND };
      expect(await dueAfter(await pausedFor(60 * SECOND, state), HOUR)).toBe(HOUR);
    });

    it('wakes nothing if its owner has paused it, too', async () => {
      const state = { nextProbeAt: NOW + SECOND };
      expect(await dueAfter(await pausedFor(60 * SECOND, state, { paused: true }), 0)).toBeNull();
    });
  });
});
