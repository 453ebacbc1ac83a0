import type { Attempt } from './attempt.ts';

/**
 * Attempts of a project in a stretch of time. Durations are counted in classes, so that the counts of many workers can
 * be added up; a percentile is told as the upper limit of its class.
 */
export interface Traffic {
  readonly succeeded: number;
  /** Failed, with another attempt to come. */
  readonly retrying: number;
  /** Ended without success. */
  readonly failed: number;
  /** Of all of them, one count for each of {@link DURATION_LIMITS}. */
  readonly durations: readonly number[];
}

/** A stretch and when it begins, in milliseconds since the epoch. */
export interface Stretch extends Traffic {
  readonly at: number;
}

/** Upper limits of the classes, in milliseconds. No attempt takes longer than the last. */
export const DURATION_LIMITS = [
  5, 10, 20, 35, 50, 75, 100, 150, 200, 350, 500, 750, 1000, 1500, 2000, 3500, 5000, 7500, 10_000, 20_000,
  30_000,
] as const;

/** What is counted together: five minutes. */
export const STRETCH_MS = 300_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
export const TRAFFIC_KEPT_MS = 8 * DAY_MS;

export const NO_TRAFFIC: Traffic = {
  succeeded: 0,
  retrying: 0,
  failed: 0,
  durations: DURATION_LIMITS.map(() => 0),
};

export const startOf = (at: number, stretchMs = STRETCH_MS): number => at - (at % stretchMs);

type Counted = Pick<Attempt, 'outcome' | 'nextAttemptAt' | 'durationMs'>;

export function trafficOf({ outcome, nextAttemptAt, durationMs }: Counted): Traffic {
  const isFailure = outcome === 'failure';
  const limit = DURATION_LIMITS.findIndex((limit) => durationMs <= limit);
  const place = limit === -1 ? DURATION_LIMITS.length - 1 : limit;
  return {
    succeeded: isFailure ? 0 : 1,
    retrying: isFailure && nextAttemptAt !== null ? 1 : 0,
    failed: isFailure && nextAttemptAt === null ? 1 : 0,
    durations: DURATION_LIMITS.map((_, index) => (index === place ? 1 : 0)),
  };
}

export function addTraffic(one: Traffic, other: Traffic): Traffic {
  return {
    succeeded: one.succeeded + other.succeeded,
    retrying: one.retrying + other.retrying,
    failed: one.failed + other.failed,
    durations: one.durations.map((count, index) => count + (other.durations[index] ?? 0)),
  };
}

/** At most so many milliseconds took this share (0 to 1) of the attempts; null if there were none. */
export function durationQuantile({ durations }: Traffic, share: number): number | null {
  const total = durations.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let left = Math.max(1, Math.ceil(share * total));
  const place = durations.findIndex((count) => {
    left -= count;
    return left <= 0;
  });
  return DURATION_LIMITS[place] ?? null;
}

/** ISO 8601, both. */
interface TrafficQuery {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

export interface TrafficSpan {
  /** Milliseconds since the epoch, the start of a step. */
  readonly since: number;
  /** Not included. Before `since` where all that was asked for is in the future, or no longer kept. */
  readonly until: number;
  readonly stepMs: number;
}

/** Five minutes a step, up to a day; hours beyond. What is no longer kept is left out, and so is what is yet to come. */
export function trafficSpan({ since, until }: TrafficQuery, now: number): TrafficSpan {
  const end = Math.min(until === undefined ? now : Date.parse(until), now);
  const begin = Math.max(since === undefined ? end - DAY_MS : Date.parse(since), now - TRAFFIC_KEPT_MS);
  const stepMs = end - begin > DAY_MS ? HOUR_MS : STRETCH_MS;
  return { since: startOf(begin, stepMs), until: end, stepMs };
}
