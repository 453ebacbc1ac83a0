import type { Breaker } from './breaker.ts';
import type { ParkedDelivery } from './delivery.ts';
import type { ReplayJob } from './replay-job.ts';

/** Whatever waits in the table for its time. */
export type DueWork =
  | { readonly kind: 'delivery'; readonly delivery: ParkedDelivery }
  | { readonly kind: 'breaker'; readonly breaker: Breaker }
  | { readonly kind: 'replay'; readonly job: ReplayJob };

/**
 * Holds a piece of due work until `lease`, in milliseconds since the epoch: whoever finds another lease in the table
 * has been overtaken. `key` says where the work is.
 */
export interface Claim {
  readonly key: string;
  readonly lease: number;
}

/**
 * Lease of work that goes on step by step, each step claiming the next. Longer than the two minutes by which the
 * sweeper looks ahead and the minute that a step may take, or the sweeper would hand out what is under way.
 */
const STEP_LEASE_MS = 5 * 60_000;
/** A step ends after so long, and leaves the rest to the next: its last attempt may take half a minute more. */
export const STEP_MS = 15_000;

/** The end of a step's lease, another than that of the claim it follows: of two holders of a claim one is overtaken. */
export function stepLease(startsAt: number, claim?: Claim): number {
  const lease = startsAt + STEP_LEASE_MS;
  return lease === claim?.lease ? lease + 1 : lease;
}
