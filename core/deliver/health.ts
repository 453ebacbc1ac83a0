import { newBreaker, opens, probeWait } from '../model/breaker.ts';
import { isGivenUp } from '../model/health.ts';
import type { Subscription } from '../model/subscription.ts';
import { CONSEQUENCES, type Verdict } from '../model/verdict.ts';
import { disableSubscription } from './disable-subscription.ts';
import type { DeliverPorts } from './ports.ts';

interface Tally {
  readonly subscription: Subscription;
  /** Failures since the last success of the invocation. */
  failures: number;
  /** The outages among the failures. */
  outages: number;
  failedAt: string;
  /** The last success that may have ended a run of failures. */
  recoveredAt: string | null;
}

/** Counts the outcomes of an invocation by subscription: a healthy endpoint costs no write, a failing one costs one. */
export class HealthTally {
  readonly #ports: DeliverPorts;
  readonly #tallies = new Map<string, Tally>();

  constructor(ports: DeliverPorts) {
    this.#ports = ports;
  }

  /** @param at when the attempt began */
  add(subscription: Subscription, { kind }: Verdict, number: number, at: string): void {
    const { outcome, isBlamed, isOutage } = CONSEQUENCES[kind];
    if (outcome === 'failure' && !isBlamed) return;
    const tally = this.#tallies.get(subscription.id) ?? {
      subscription,
      failures: 0,
      outages: 0,
      failedAt: at,
      recoveredAt: null,
    };
    this.#tallies.set(subscription.id, tally);
    if (isBlamed) {
      tally.failures++;
      if (isOutage) tally.outages++;
      tally.failedAt = at;
      return;
    }
    tally.failures = 0;
    tally.outages = 0;
    // A retry follows a failure, whatever the cached subscription, up to ten seconds old, says.
    if (number > 1 || subscription.health.consecutiveFailures > 0) tally.recoveredAt = at;
  }

  async flush(): Promise<void> {
    const tallies = [...this.#tallies.values()];
    this.#tallies.clear();
    await Promise.all(
      tallies.map(async (tally) => {
        try {
          await this.#write(tally);
        } catch (error) {
          // The next invocation counts again; a delivery must not be attempted twice for it.
          const { project, id: subscriptionId } = tally.subscription;
          const { failures } = tally;
          this.#ports.log.error('health not written', { project, subscriptionId, failures, error });
        }
      }),
    );
  }

  async #write({ subscription, failures, outages, failedAt, recoveredAt }: Tally): Promise<void> {
    const { healthStore, cachedSubscriptions, clock, log } = this.#ports;
    const { project, id } = subscription;
    if (recoveredAt !== null) {
      await healthStore.recordSuccess(project, id, recoveredAt);
      if (subscription.health.state === 'open') {
        cachedSubscriptions.forget(project, id);
        log.info('breaker closed', { project, subscriptionId: id, follows: 'drained' });
      }
    }
    if (failures === 0) return;
    const run = await healthStore.recordFailures(project, id, { failures, outages }, failedAt);
    if (run === null) return;
    if (isGivenUp(run.firstFailureAt, clock()))
      await disableSubscription(this.#ports, subscription, 'failing', run.firstFailureAt);
    else if (opens(run.outages) && !run.open) await this.#openBreaker(subscription, run.outages);
  }

  async #openBreaker({ project, id }: Subscription, outages: number): Promise<void> {
    const { healthStore, cachedSubscriptions, clock, random, log, metrics } = this.#ports;
    const opened = await healthStore.openBreaker(newBreaker(project, id), clock() + probeWait(0, random()));
    cachedSubscriptions.forget(project, id);
    if (!opened) return;
    log.warn('breaker opened', { project, subscriptionId: id, outages, follows: 'held' });
    metrics.count('BreakersOpened');
  }
}
