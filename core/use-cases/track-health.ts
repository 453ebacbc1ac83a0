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
  add(subscription: Subscription, verdict: Verdict): void;
  /** Writes what a batch's attempts mean: nothing for a healthy endpoint, one write for a failing one. */
  flush(): Promise<void>;
}

interface Tally {
  readonly subscription: Subscription;
  failures: number;
  successes: number;
}

/** Counts a batch's outcomes by subscription. */
export function trackHealth({
  health,
  disableSubscription,
  clock,
  log,
}: TrackHealthDependencies): HealthTracker {
  const tallies = new Map<string, Tally>();

  const write = async ({ subscription, failures, successes }: Tally): Promise<void> => {
    const { project, id } = subscription;
    const at = new Date(clock()).toISOString();
    if (successes > 0) {
      if (subscription.health.consecutiveFailures > 0) await health.recordSuccess(project, id, at);
      return;
    }
    const firstFailureAt = await health.recordFailures(project, id, failures, at);
    if (firstFailureAt !== null && isGivenUp(firstFailureAt, clock())) {
      await disableSubscription(subscription, 'failing', firstFailureAt);
    }
  };

  return {
    add(subscription, verdict) {
      if (verdict.outcome === 'failure' && !verdict.unwell) return;
      const tally = tallies.get(subscription.id) ?? { subscription, failures: 0, successes: 0 };
      if (verdict.unwell) tally.failures++;
      else tally.successes++;
      tallies.set(subscription.id, tally);
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
