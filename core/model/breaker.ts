import { jitter } from '../kernel/jitter.ts';

/** The number of consecutive outages that opens a subscription's breaker. */
const OPENS_AFTER = 5;

/** The wait before a probe, in seconds, by the number of probes that failed before it. */
const PROBE_WAITS = [30, 60, 120, 300, 600, 1800] as const;
const LONGEST_PROBE_WAIT = 3600;

/**
 * The longest time for which a delivery is held before it comes up by itself. A delivery that was held while its breaker was
 * being removed, or whose subscription is gone, must not wait forever.
 */
export const HOLD_MS = 24 * 3_600_000;

/**
 * How long a closed breaker keeps looking for held deliveries. A worker may see it open for ten seconds more, and may then
 * take its whole timeout of a minute to hold its deliveries.
 */
export const LINGER_MS = 120_000;

/**
 * The breaker of a subscription whose endpoint is down. It exists from the moment it opens until no delivery is held, and
 * waits in the due index for its next step. The oldest held delivery is the probe.
 */
export interface Breaker {
  readonly project: string;
  readonly subscriptionId: string;
  /** The number of probes that failed since the last success. */
  readonly failedProbes: number;
  /** When it closed, in milliseconds since the epoch; null while it is open. */
  readonly closedAt: number | null;
}

export const newBreaker = (project: string, subscriptionId: string): Breaker => ({
  project,
  subscriptionId,
  failedProbes: 0,
  closedAt: null,
});

export function opens(consecutiveOutages: number): boolean {
  return consecutiveOutages >= OPENS_AFTER;
}

/**
 * Return the time until the next probe, in milliseconds.
 *
 * @param random a number from 0 to 1
 */
export function probeWait(failedProbes: number, random: number): number {
  const seconds = PROBE_WAITS[failedProbes] ?? LONGEST_PROBE_WAIT;
  return Math.round(seconds * jitter(random) * 1000);
}
