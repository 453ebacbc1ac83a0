import type { Breaker } from '../model/breaker.ts';
import type { Claim } from '../model/due-work.ts';
import type { HealthStore } from './health-store.ts';

/** Steps of a breaker's work. A breaker is made by {@link HealthStore.openBreaker} and ended as any due work. */
export interface BreakerStore {
  /** Has the next look at a later time; null if the claim was overtaken. */
  save(claim: Claim, breaker: Breaker, dueAt: number): Promise<Claim | null>;
  /** Has the next look now, whoever is at it, and counts probes anew: the endpoint may be another. */
  makeDueNow(subscriptionId: string, now: number): Promise<void>;
  /** Puts a breaker where there is none, or none that is due before `latest`. */
  ensure(breaker: Breaker, dueAt: number, latest: number): Promise<void>;
}
