import type { Breaker } from '../model/breaker.ts';
import type { Claim } from '../model/due-work.ts';
import type { HealthStore } from './health-store.ts';

/** Stores breakers. {@link HealthStore.openBreaker} creates one, and completing it as due work removes it. */
export interface BreakerStore {
  /** Save a breaker and schedule its next step. Return the new claim, or null if the claim was void. */
  save(claim: Claim, breaker: Breaker, dueAt: number): Promise<Claim | null>;
  /** Make the next step due now, even if a worker has claimed it, and reset the failed probes: the URL may have changed. */
  makeDueNow(subscriptionId: string, now: number): Promise<void>;
  /** Store a breaker unless there is one that is due until `latest`. */
  ensure(breaker: Breaker, dueAt: number, latest: number): Promise<void>;
}
