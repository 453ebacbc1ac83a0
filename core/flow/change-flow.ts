import type { Flow } from '../model/flow.ts';
import type { FlowState } from '../model/flow-state.ts';
import type { Subscription } from '../model/subscription.ts';
import type { FlowPorts } from './ports.ts';
import { probeWait } from './probe-schedule.ts';
import { wakePump } from './wake-pump.ts';

/** Change a subscription's mode, unless it has another one by now. Return whether it was changed. */
export async function changeFlow(ports: FlowPorts, subscription: Subscription, to: Flow): Promise<boolean> {
  const { flows, cachedSubscriptions, clock, random, log, metrics } = ports;
  const { project, id, flow: from } = subscription;
  if (isSame(from, to)) return false;
  const changed = await flows.setMode(project, id, from, to);
  cachedSubscriptions.forget(project, id);
  if (!changed || to.mode === from.mode) return changed;
  const { mode, reason } = to;
  log.warn('flow changed', { project, subscriptionId: id, from: from.mode, mode, reason });
  metrics.count(COUNTED[mode]);
  const now = clock();
  const nextProbeAt = mode === 'paused' ? now + probeWait(0, random()) : null;
  await flows.change(project, id, (state) => startOf(state, from, nextProbeAt));
  await wakePump(ports, project, id, nextProbeAt ?? now);
  return true;
}

const COUNTED = {
  direct: 'EndpointsDirect',
  paced: 'EndpointsPaced',
  paused: 'EndpointsPaused',
} as const;

/** The window of an endpoint that was direct until now: as many as one worker sent it at once. */
const FROM_DIRECT = 20;

/** A new mode starts with its own counts. */
function startOf(state: FlowState, from: Flow, nextProbeAt: number | null): FlowState {
  const window = from.mode === 'direct' ? FROM_DIRECT : 1;
  const pace = { ...state.pace, window, threshold: null, recent: '' };
  return {
    ...state,
    run: 0,
    runSince: null,
    runUntil: null,
    failedProbes: 0,
    probedAt: null,
    nextProbeAt,
    pace,
  };
}

const isSame = (a: Flow, b: Flow): boolean =>
  a.mode === b.mode && a.reason === b.reason && a.watchedSince === b.watchedSince;
