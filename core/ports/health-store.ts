import type { Breaker } from '../model/breaker.ts';

/** A run of failures since the last success. */
interface FailureRun {
  /** ISO 8601 UTC. */
  readonly firstFailureAt: string;
  /** The outages among the failures. */
  readonly outages: number;
  /** Whether the breaker is open. */
  readonly open: boolean;
}

/** Stores the health of subscriptions. Updating a subscription keeps its health, unless the update resets it. */
export interface HealthStore {
  /** Add failures. Return the run of failures, or null if the subscription is gone or has succeeded since. */
  recordFailures(
    project: string,
    id: string,
    count: { readonly failures: number; readonly outages: number },
    at: string,
  ): Promise<FailureRun | null>;
  /** End a run of failures and close the breaker. */
  recordSuccess(project: string, id: string, at: string): Promise<void>;
  /** Open the breaker and schedule its first probe. Return false if it is open already or the subscription is gone. */
  openBreaker(breaker: Breaker, probeAt: number): Promise<boolean>;
  /** Close the breaker, if it is open, without a success: no delivery is held that could be the probe. */
  closeBreaker(project: string, id: string): Promise<void>;
}
