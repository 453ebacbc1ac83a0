import { changeFlow } from '../flow/change-flow.ts';
import { probeWait } from '../flow/probe-schedule.ts';
import { type FlowState, NEW_PACE } from '../model/flow-state.ts';
import type { Subscription } from '../model/subscription.ts';
import type { WaitingDelivery } from '../model/waiting-delivery.ts';
import { attemptWaiting, reportFault } from './attempt-waiting.ts';
import { Pace } from './pace.ts';
import type { PumpInvocation } from './pump-invocation.ts';

/**
 * Ask a paused endpoint whether it works again, with a sample of the deliveries that wait. Any answer but an outage or a 429
 * ends the pause. A probe that fails consumes nothing. If the sample is empty, only a test that has succeeded ends the pause;
 * otherwise the next delivery that arrives is the probe. Return whether there was a sample or such a test.
 */
export async function probe(
  invocation: PumpInvocation,
  subscription: Subscription,
  { failedProbes, testedAt, pace: { sentAt } }: FlowState,
  deliveries: readonly WaitingDelivery[],
): Promise<boolean> {
  const { flows, clock, random, log, metrics } = invocation.ports;
  const { project, id: subscriptionId, flow } = subscription;
  const sample = withinLimits(deliveries, subscription, failedProbes);
  if (sample.length === 0 && testedAt === null) {
    await flows.change(project, subscriptionId, (state) => ({ ...state, nextProbeAt: null }));
    return false;
  }
  // Probes count for the configured rate.
  const pace = new Pace({ ...NEW_PACE, sentAt }, subscription, clock());
  const probeAgainAt = clock() + probeWait(failedProbes + 1, random());
  const results = await Promise.allSettled(
    sample.map((entry) => attemptWaiting(invocation, entry, pace, probeAgainAt).verdict),
  );
  const verdicts = results
    .flatMap((result) => (result.status === 'fulfilled' ? (result.value ?? []) : []))
    // No request was made.
    .filter(({ kind }) => kind !== 'unrenderable');
  const isUp = sample.length === 0 || verdicts.some(({ kind }) => kind !== 'down' && kind !== 'busy');
  for (const [index, entry] of sample.entries()) {
    const result = results[index];
    if (result?.status === 'rejected') reportFault(invocation, entry, result.reason);
  }
  // A fault of ours says nothing about the endpoint.
  const failed = failedProbes + (verdicts.length > 0 ? 1 : 0);
  const now = clock();
  await flows.change(project, subscriptionId, (state) => ({
    ...state,
    pace: { ...state.pace, sentAt: pace.state.sentAt },
    probedAt: now,
    failedProbes: isUp ? 0 : failed,
    nextProbeAt: isUp ? null : Math.max(probeAgainAt, now),
    // The endpoint's latest answer counts, not that of a test before it.
    testedAt: null,
    ...(isUp && { pull: { before: now, what: 'outages' } }),
  }));
  if (isUp) {
    const since = new Date(now).toISOString();
    await changeFlow(invocation.ports, subscription, { ...flow, mode: 'paced', reason: 'recovering', since });
    return true;
  }
  if (verdicts.length === 0) return true;
  const nextProbeAt = new Date(probeAgainAt).toISOString();
  log.warn('probe failed', { project, subscriptionId, failedProbes: failed, nextProbeAt });
  metrics.count('ProbesFailed');
  return true;
}

/** Return as many of a sample as may be sent at once, others after each probe that failed. */
function withinLimits(
  sample: readonly WaitingDelivery[],
  { maxInFlight, rateLimit }: Subscription,
  failedProbes: number,
): WaitingDelivery[] {
  const from = failedProbes % Math.max(1, sample.length);
  const most = Math.min(maxInFlight ?? sample.length, rateLimit?.perSecond ?? sample.length);
  return [...sample.slice(from), ...sample.slice(0, from)].slice(0, most);
}
