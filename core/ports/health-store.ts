import type { Breaker } from '../model/breaker.ts';

/** How a row of failures stands. */
interface FailureRun {
  /** ISO 8601 UTC. */
  readonly firstFailureAt: string;
  /** Failures that were outages, since the last success. */
  readonly outages: number;
  /** Whether the breaker is open. */
  readonly open: boolean;
}

/** Kept on the subscription, whose updates leave it alone but start it anew when its endpoint is another. */
export interface HealthStore {
  /** Adds failures, some of them outages. Null if the subscription is gone, or has succeeded since. */
  recordFailures(
    project: string,
    id: string,
    count: { readonly failures: number; readonly outages: number },
    at: string,
  ): Promise<FailureRun | null>;
  /** Ends a row of failures, and closes the breaker. */
  recordSuccess(project: string, id: string, at: string): Promise<void>;
  /** Opens the breaker, whose first probe is due then. Answers false if it is open, or the subscription gone. */
  openBreaker(breaker: Breaker, probeAt: number): Promise<boolean>;
  /** Closes the breaker, if it is open, without a success: there is nothing to probe with. */
  closeBreaker(project: string, id: string): Promise<void>;
}
