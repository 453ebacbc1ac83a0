import type { Verdict } from '../domain/attempt.ts';
import { isGivenUp } from '../domain/health.ts';
import type { Subscription } from '../domain/subscription.ts';
import type { Clock, HealthStore, Log } from '../ports.ts';
import type { DisableSubscription } from './disable-subscription.ts';

export interface TrackHealthDependencies {
  readonly health: HealthStore;
  readonly disableSubscription: DisableSubscription;
  readonly clock: Clock;
  readonly log: Log;
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
  failedAt: string;
  /** The last success that may have ended a row of failures. */
  recoveredAt: string | null;
}

/** Counts a batch's outcomes by subscription. */
export function trackHealth({
  health,
  disableSubscription,
  clock,
  log,
}: TrackHealthDependencies): HealthTracker {
  const tallies = new Map<string, Tally>();

  const write = async ({ subscription, failures, failedAt, recoveredAt }: Tally): Promise<void> => {
    const { project, id } = subscription;
    if (recoveredAt !== null) await health.recordSuccess(project, id, recoveredAt);
    if (failures === 0) return;
    const firstFailureAt = await health.recordFailures(project, id, failures, failedAt);
    if (firstFailureAt !== null && isGivenUp(firstFailureAt, clock())) {
      await disableSubscription(subscription, 'failing', firstFailureAt);
    }
  };

  return {
    add(subscription, verdict, number, at) {
      if (verdict.outcome === 'failure' && !verdict.unwell) return;
      const tally = tallies.get(subscription.id) ?? {
        subscription,
        failures: 0,
        failedAt: at,
        recoveredAt: null,
      };
      tallies.set(subscription.id, tally);
      if (verdict.unwell) {
        tally.failures++;
        tally.failedAt = at;
        return;
      }
      tally.failures = 0;
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
            log.error('health not written', { subscriptionId: tally.subscription.id, error });
          }
        }),
      );
    },
  };
}
