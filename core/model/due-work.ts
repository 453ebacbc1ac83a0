import type { ParkedDelivery } from './delivery.ts';
import type { ErasureJob } from './erasure-job.ts';
import type { ReplayJob } from './replay-job.ts';

/** Work that waits in the table until it is due. */
export type DueWork =
  | { readonly kind: 'replay'; readonly job: ReplayJob }
  | { readonly kind: 'erasure'; readonly job: ErasureJob }
  /** The second pass of an event's erasure, when whatever was under way at the first has ended. */
  | { readonly kind: 'erased-event'; readonly project: string; readonly eventId: string }
  /** From versions before 0.2. Each becomes part of a mailbox when it is due. */
  | { readonly kind: 'delivery'; readonly delivery: ParkedDelivery }
  | { readonly kind: 'breaker'; readonly breaker: LegacyBreaker };

export interface LegacyBreaker {
  readonly project: string;
  readonly subscriptionId: string;
}

/** A worker's hold on due work. It is void once the table has another lease. */
export interface Claim {
  /** Identifies the work. */
  readonly key: string;
  /** When the hold ends, in milliseconds since the epoch. */
  readonly lease: number;
}

/**
 * The lease of work that proceeds in steps, each claiming the next. Must be longer than the two minutes by which the sweeper
 * looks ahead plus the minute that a step may take, or the sweeper would hand out work in progress.
 */
const STEP_LEASE_MS = 5 * 60_000;
/** The time after which a step leaves the rest to the next. Its last attempt may take half a minute more. */
export const STEP_MS = 15_000;

/** Return the end of a step's lease. It differs from the lease of the claim that it follows, so that claim becomes void. */
export function stepLease(startsAt: number, claim?: Claim): number {
  const lease = startsAt + STEP_LEASE_MS;
  return lease === claim?.lease ? lease + 1 : lease;
}
