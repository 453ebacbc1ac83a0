import { describe, expect, it } from 'vitest';
import { changeFlow } from '../../../../core/flow/change-flow.ts';
import { DIRECT, type Flow, type FlowMode } from '../../../../core/model/flow.ts';
import { NO_EVIDENCE } from '../../../../core/model/flow-state.ts';
import { openFlow } from '../../../support/flow-ports.ts';
import { NOW } from '../../../support/records.ts';

const since = new Date(NOW).toISOString();
const PACED: Flow = { mode: 'paced', reason: 'busy', since, watchedSince: NOW };
const PAUSED: Flow = { mode: 'paused', reason: 'down', since, watchedSince: NOW };

describe('changing the mode of an endpoint', () => {
  it('stores it, reports it and calls the pump', async () => {
    const { ports, subscription, stored, item, called, logged, counts } = await openFlow();
    expect(await changeFlow(ports, subscription, PACED)).toBe(true);
    expect(await stored()).toEqual({ ...subscription, flow: PACED });
    expect(await item()).toMatchObject({ dueAt: NOW });
    expect(called()).toBe(1);
    expect(logged('flow changed')).toMatchObject([
      { level: 'warn', fields: { from: 'direct', mode: 'paced', reason: 'busy' } },
    ]);
    expect(counts).toEqual({ EndpointsPaced: 1 });
  });

  it('is seen by the next look-up', async () => {
    const { ports, subscription } = await openFlow();
    const { project, id } = subscription;
    await ports.cachedSubscriptions.get(project, id);
    await changeFlow(ports, subscription, PACED);
    expect((await ports.cachedSubscriptions.get(project, id))?.flow).toEqual(PACED);
  });

  it('does nothing if it is in that mode', async () => {
    const { ports, subscription, stored, called } = await openFlow({ flow: PACED });
    const later = new Date(NOW + 1000).toISOString();
    expect(await changeFlow(ports, subscription, { ...PACED, since: later })).toBe(false);
    expect(await stored()).toEqual(subscription);
    expect(called()).toBe(0);
  });

  it('does nothing if someone else has changed it since it was read', async () => {
    const { ports, subscription, stored, item, called, logged } = await openFlow();
    await changeFlow(ports, subscription, PACED);
    const before = [await stored(), await item(), called()];
    expect(await changeFlow(ports, subscription, PAUSED)).toBe(false);
    expect([await stored(), await item(), 1]).toEqual(before);
    expect(called()).toBe(0);
    expect(logged('flow changed')).toHaveLength(1);
  });

  it('reads the subscription again after it has lost a race', async () => {
    const { ports, subscription } = await openFlow();
    const { project, id } = subscription;
    await ports.cachedSubscriptions.get(project, id);
    await ports.flows.setMode(project, id, DIRECT, PACED);
    await changeFlow(ports, subscription, PAUSED);
    expect((await ports.cachedSubscriptions.get(project, id))?.flow).toEqual(PACED);
  });

  it('only notes that it is watched, and leaves its mode as it was', async () => {
    const { ports, subscription, stored, item, called, logged } = await openFlow();
    expect(await changeFlow(ports, subscription, { ...DIRECT, watchedSince: NOW })).toBe(true);
    expect((await stored())?.flow.watchedSince).toBe(NOW);
    expect([await item(), called(), logged('flow changed')]).toEqual([null, 0, []]);
  });

  it('has a paused endpoint probed after five seconds', async () => {
    const { ports, subscription, item, counts } = await openFlow();
    await changeFlow(ports, subscription, PAUSED);
    expect(await item()).toMatchObject({ dueAt: NOW + 5000, state: { nextProbeAt: NOW + 5000 } });
    expect(counts).toEqual({ EndpointsPaused: 1 });
  });

  const used = {
    ...NO_EVIDENCE,
    ...{ run: 12, runSince: NOW, runUntil: NOW, failedProbes: 4, probedAt: NOW, nextProbeAt: NOW },
    pace: { ...NO_EVIDENCE.pace, window: 33, threshold: 16, perSecond: 7, recent: 'fso', sentAt: NOW },
  };
  it.each([
    ['direct', 'paced', { run: 12, pace: { window: 20, perSecond: null } }],
    ['paced', 'direct', { run: 12, pace: { window: 1, perSecond: 7 } }],
    ['paused', 'paced', { run: 0, runSince: null, runUntil: null, pace: { window: 1, perSecond: 7 } }],
  ] as const)('starts anew from %s to %s', async (from, mode: FlowMode, expected) => {
    const flow: Flow = { mode: from, reason: null, since, watchedSince: null };
    const { ports, subscription, item } = await openFlow({ flow });
    const { project, id } = subscription;
    await ports.flows.change(project, id, () => used);
    await changeFlow(ports, subscription, { ...flow, mode });
    expect((await item())?.state).toMatchObject({
      ...{ failedProbes: 0, probedAt: null, nextProbeAt: null },
      ...expected,
      pace: { threshold: null, recent: '', sentAt: NOW, ...expected.pace },
    });
  });
});
