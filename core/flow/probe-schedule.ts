import { jitter } from '../kernel/jitter.ts';

/** The waits before a probe, in seconds, by the number of probes that failed before it. */
const WAITS = [5, 15, 30, 60, 120] as const;
const LONGEST_WAIT = 300;
const SHORTEST_AFTER_ARRIVAL_MS = 15_000;

/**
 * Return the time until the next probe, in milliseconds.
 *
 * @param random a number from 0 to 1
 */
export function probeWait(failedProbes: number, random: number): number {
  return Math.round((WAITS[failedProbes] ?? LONGEST_WAIT) * jitter(random) * 1000);
}

/**
 * Return when the next probe is due after a delivery has arrived: someone wants to know whether the endpoint works again.
 *
 * @param pausedSince when the pause began, in milliseconds since the epoch
 * @param probedAt when the last probe was; null before the first
 */
export function probeAfterArrival(pausedSince: number, probedAt: number | null, now: number): number {
  return (probedAt ?? pausedSince) + Math.max(SHORTEST_AFTER_ARRIVAL_MS, (now - pausedSince) / 10);
}
