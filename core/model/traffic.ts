import type { Attempt } from './attempt.ts';

/**
 * Counts of a project's attempts in a stretch of time. Durations are counted in classes, so that the counts of many workers
 * can be added; a percentile is the upper limit of its class.
 */
export interface Traffic {
  readonly succeeded: number;
  /** Failed attempts that will be retried. */
  readonly retrying: number;
  /** Failed attempts that ended their delivery. */
  readonly failed: number;
  /** The attempts of each duration class, in the order of {@link DURATION_LIMITS}. */
  readonly durations: readonly number[];
}

/** The traffic of one stretch of time. */
export interface Stretch extends Traffic {
  /** When it begins, in milliseconds since the epoch. */
  readonly at: number;
}

/** The upper limits of the duration classes, in milliseconds. No attempt takes longer than the last. */
export const DURATION_LIMITS = [
  5, 10, 20, 35, 50, 75, 100, 150, 200, 350, 500, 750, 1000, 1500, 2000, 3500, 5000, 7500, 10_000, 20_000,
  30_000,
] as const;

/** Attempts are counted by five minutes. */
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

/**
 * Return a quantile of the attempts' durations in milliseconds, or null without attempts.
 *
 * @param share a number from 0 to 1
 */
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

/** The start and end of a query, in ISO 8601. */
interface TrafficQuery {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

export interface TrafficSpan {
  /** The start of the first step, in milliseconds since the epoch. */
  readonly since: number;
  /** The exclusive end. It is before `since` if the whole query lies in the future or is no longer kept. */
  readonly until: number;
  readonly stepMs: number;
}

/**
 * Return the span of a query, without the future and without the time that is no longer kept. Its steps are five minutes, or
 * an hour if it is longer than a day.
 */
export function trafficSpan({ since, until }: TrafficQuery, now: number): TrafficSpan {
  const end = Math.min(until === undefined ? now : Date.parse(until), now);
  const begin = Math.max(since === undefined ? end - DAY_MS : Date.parse(since), now - TRAFFIC_KEPT_MS);
  const stepMs = end - begin > DAY_MS ? HOUR_MS : STRETCH_MS;
  return { since: startOf(begin, stepMs), until: end, stepMs };
}
