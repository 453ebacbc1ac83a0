import { jitter } from '../kernel/jitter.ts';

/** So many failures in a row, each of them an outage, open a subscription's breaker. */
const OPENS_AFTER = 5;

/** Waits before a probe, in seconds, by the number of probes that failed before it. */
const PROBE_WAITS = [30, 60, 120, 300, 600, 1800] as const;
const LONGEST_PROBE_WAIT = 3600;

/**
 * How long a delivery is held at the most before it looks by itself whether it may go: what was held in the moment in
 * which the breaker closed for good, or for a subscription that is gone by now, must not wait for ever.
 */
export const HOLD_MS = 24 * 3_600_000;

/**
 * How long a closed breaker goes on looking for what is held: a worker may have believed it open for ten seconds more,
 * and may take its whole timeout of a minute to hold what it had received.
 */
export const LINGER_MS = 120_000;

/**
 * Of a subscription whose endpoint does not answer. It is there from the moment in which it opens until nothing is
 * held any more, and waits in the due index for the next look at what is held, the oldest of which is the probe.
 */
export interface Breaker {
  readonly project: string;
  readonly subscriptionId: string;
  /** Since the last success. */
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

/** Until the next probe, in milliseconds. `random`: 0 to 1. */
export function probeWait(failedProbes: number, random: number): number {
  const seconds = PROBE_WAITS[failedProbes] ?? LONGEST_PROBE_WAIT;
  return Math.round(seconds * jitter(random) * 1000);
}
