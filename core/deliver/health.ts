import type { Clock, Random } from '../kernel/clock.ts';
import type { Verdict } from '../model/attempt.ts';
import { newBreaker, opens, probeWait } from '../model/breaker.ts';
import { isGivenUp } from '../model/health.ts';
import type { Subscription } from '../model/subscription.ts';
import type { HealthStore } from '../ports/health-store.ts';
import type { Log } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { DisableSubscription } from './disable-subscription.ts';

export interface TrackHealthDependencies {
  readonly healthStore: Pick<HealthStore, 'recordFailures' | 'recordSuccess' | 'openBreaker'>;
  readonly disableSubscription: DisableSubscription;
  /** Drops what is remembered of a subscription, whose breaker has just opened or closed. */
  readonly forget: (project: string, id: string) => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface HealthTracker {
  /** `number` of the attempt, and when it began. */
  add(subscription: Subscription, verdict: Verdict, number: number, at: string): void;
  /** Writes what a batch's attempts mean: nothing for a healthy endpoint, one write for a failing one. */
  flush(): Promise<void>;
}

interface Tally {
  readonly subscription: Subscription;
  /** Since the last success of the batch. */
  failures: number;
  /** Those of the failures that were outages. */
  outages: number;
  failedAt: string;
  /** The last success that may have ended a row of failures. */
  recoveredAt: string | null;
}

/** Counts a batch's outcomes by subscription. */
export function trackHealth(dependencies: TrackHealthDependencies): HealthTracker {
  const { healthStore, disableSubscription, forget, clock, random, log, metrics } = dependencies;
  const tallies = new Map<string, Tally>();

  const write = async ({ subscription, failures, outages, failedAt, recoveredAt }: Tally): Promise<void> => {
    const { project, id } = subscription;
    if (recoveredAt !== null) {
      await healthStore.recordSuccess(project, id, recoveredAt);
      if (subscription.health.state === 'open') {
        forget(project, id);
        log.info('breaker closed', { project, subscriptionId: id, follows: 'drained' });
      }
    }
    if (failures === 0) return;
    const row = await healthStore.recordFailures(project, id, { failures, outages }, failedAt);
    if (row === null) return;
    if (isGivenUp(row.firstFailureAt, clock())) {
      await disableSubscription(subscription, 'failing', row.firstFailureAt);
    } else if (opens(row.outages) && !row.open) {
      const opened = await healthStore.openBreaker(newBreaker(project, id), clock() + probeWait(0, random()));
      forget(project, id);
      if (opened) {
        log.warn('breaker opened', { project, subscriptionId: id, outages: row.outages, follows: 'held' });
        metrics.count('BreakersOpened');
      }
    }
  };

  return {
    add(subscription, verdict, number, at) {
      if (verdict.outcome === 'failure' && !verdict.unwell) return;
      const tally = tallies.get(subscription.id) ?? {
        subscription,
        failures: 0,
        outages: 0,
        failedAt: at,
        recoveredAt: null,
      };
      tallies.set(subscription.id, tally);
      if (verdict.unwell) {
        tally.failures++;
        if (verdict.outage) tally.outages++;
        tally.failedAt = at;
        return;
      }
      tally.failures = 0;
      tally.outages = 0;
      // A retry follows a failure, whatever the remembered subscription, up to ten seconds old, says.
      if (number > 1 || subscription.health.consecutiveFailures > 0) tally.recoveredAt = at;
    },
    async flush() {
      const batch = [...tallies.values()];
      tallies.clear();
      await Promise.all(
        batch.map(async (tally) => {
          try {
            await write(tally);
          } catch (error) {
            // The next batch counts again; a delivery must not be made twice for it.
            const { project, id: subscriptionId } = tally.subscription;
            log.error('health not written', { project, subscriptionId, failures: tally.failures, error });
          }
        }),
      );
    },
  };
}
