import type { Flow } from '../model/flow.ts';
import type { Subscription } from '../model/subscription.ts';
import type { FlowPorts } from './ports.ts';
import { probeWait } from './probe-schedule.ts';
import { startMode } from './start-mode.ts';

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
  const nextProbeAt = mode === 'paused' ? clock() + probeWait(0, random()) : null;
  await startMode(ports, subscription, { from: from.mode, nextProbeAt });
  return true;
}

const COUNTED = {
  direct: 'EndpointsDirect',
  paced: 'EndpointsPaced',
  paused: 'EndpointsPaused',
} as const;

const isSame = (a: Flow, b: Flow): boolean =>
  a.mode === b.mode && a.reason === b.reason && a.watchedSince === b.watchedSince;
