import type { Verdict } from '../domain/attempt.ts';
import { type Breaker, LINGER_MS, probeWait } from '../domain/breaker.ts';
import { claimText } from '../domain/delivery-message.ts';
import { type Claim, STEP_MS, stepLease } from '../domain/due-work.ts';
import type {
  BreakerStore,
  Clock,
  DueWorkStore,
  HealthStore,
  Log,
  MessageQueue,
  ParkedDeliveries,
  Random,
  SubscriptionStore,
} from '../ports.ts';
import type { AttemptParked } from './attempt-parked.ts';
import type { HealthTracker } from './track-health.ts';

export interface DrainBacklogDependencies {
  readonly attemptParked: AttemptParked;
  readonly parked: Pick<ParkedDeliveries, 'held' | 'release'>;
  readonly breakers: Pick<BreakerStore, 'save'>;
  readonly dueWork: Pick<DueWorkStore, 'complete'>;
  /** Not remembered ones: whether a breaker is open decides what its next look may leave out. */
  readonly subscriptions: Pick<SubscriptionStore, 'get'>;
  readonly healthStore: Pick<HealthStore, 'closeBreaker'>;
  readonly health: Pick<HealthTracker, 'flush'>;
  readonly retriesQueue: MessageQueue;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

const PER_PAGE = 20;

/** How a look at what is held ended: nothing was left, the step's time was up, or the endpoint failed once more. */
type Ending = 'empty' | 'time' | Verdict;

/**
 * One look at what is held for a subscription, one delivery after the other, the oldest event first. The first is the
 * probe: if it fails, all that is left waits for the next look, each time longer. If it succeeds the breaker closes and
 * the others follow. An endpoint that has just come back gets one request at a time, however much is held for it; what
 * is published meanwhile takes its own way.
 */
export function drainBacklog(dependencies: DrainBacklogDependencies) {
  const { breakers, dueWork, subscriptions, healthStore, clock, random, log } = dependencies;

  return async (claim: Claim, found: Breaker): Promise<void> => {
    const { project, subscriptionId } = found;
    // From here on another holder of the same message is overtaken.
    const step = await breakers.save(claim, found, stepLease(clock(), claim));
    if (step === null) return;

    const { ending, delivered } = await lookAtHeld(dependencies, subscriptionId);
    if (ending === 'time') {
      await goOn(dependencies, step, { ...found, failedProbes: 0 });
    } else if (ending === 'empty') {
      // Nothing to probe with: the next event finds out. Failures go on being counted.
      await healthStore.closeBreaker(project, subscriptionId);
      const closedAt = found.closedAt ?? clock();
      const lastLookAt = closedAt + LINGER_MS;
      if (clock() < lastLookAt)
        await breakers.save(step, { ...found, failedProbes: 0, closedAt }, lastLookAt);
      else await dueWork.complete(step);
    } else {
      const failedProbes = delivered > 0 ? 0 : found.failedProbes + 1;
      const dueAt = Math.max(clock() + probeWait(failedProbes, random()), ending.retryAfter ?? 0);
      const isOpen = (await subscriptions.get(project, subscriptionId))?.health.state === 'open';
      const closedAt = isOpen ? null : (found.closedAt ?? clock());
      await breakers.save(step, { ...found, failedProbes, closedAt }, dueAt);
      const nextProbeAt = new Date(dueAt).toISOString();
      log.warn('probe failed', { project, subscriptionId, delivered, nextProbeAt });
    }
  };
}

async function lookAtHeld(
  { attemptParked, parked, health, clock }: DrainBacklogDependencies,
  subscriptionId: string,
): Promise<{ readonly ending: Ending; readonly delivered: number }> {
  const until = clock() + STEP_MS;
  let delivered = 0;
  for (;;) {
    const page = await parked.held(subscriptionId, PER_PAGE);
    if (page.length === 0) return { ending: 'empty', delivered };
    for (const delivery of page) {
      const { verdict } = await attemptParked(delivery, true);
      await parked.release(delivery);
      // Whoever believes the breaker open must learn that it has closed.
      if (verdict?.outcome === 'success' && delivered++ === 0) await health.flush();
      if (verdict !== null && isRebuff(verdict, delivered)) {
        await health.flush();
        return { ending: verdict, delivered };
      }
      if (clock() >= until) return { ending: 'time', delivered };
    }
  }
}

/** Whether an endpoint is not to be bothered further for now. Once it has taken one, refusing another is no reason. */
function isRebuff({ outcome, error, gone, outage, unwell }: Verdict, delivered: number): boolean {
  if (outcome === 'success' || error === 'render' || gone) return false;
  const later = !unwell;
  return outage || later || delivered === 0;
}

/** Leaves the rest to the next step. If it cannot be called, the sweeper does when the lease ends. */
async function goOn(
  { breakers, retriesQueue, clock }: DrainBacklogDependencies,
  step: Claim,
  breaker: Breaker,
): Promise<void> {
  const next = await breakers.save(step, breaker, stepLease(clock(), step));
  if (next !== null) await retriesQueue.send([{ body: claimText(next), groupId: breaker.subscriptionId }]);
}
