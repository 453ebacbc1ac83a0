import { JITTER, jitter } from '../kernel/jitter.ts';
import type { Subscription } from './subscription.ts';

/** The waits between attempts, in seconds: 10 attempts over about 3 days, including the immediate first one. */
const STANDARD_WAITS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
/** The longest wait that an endpoint may ask for, in seconds. */
const MAX_RETRY_AFTER = 86_400;

export interface FailedAttempt {
  readonly retry: Subscription['retry'];
  /** 1 for the first attempt. */
  readonly number: number;
  /** When the attempt ended, in milliseconds since the epoch. */
  readonly now: number;
  /** When the endpoint asked for the next attempt, in milliseconds since the epoch. */
  readonly retryAfter: number | null;
  /** A number from 0 to 1. */
  readonly random: number;
}

/** Return when the next attempt is due, in milliseconds since the epoch, or null if the schedule is exhausted. */
export function nextAttemptAt({ retry, number, now, retryAfter, random }: FailedAttempt): number | null {
  const wait = waitsOf(retry)[number - 1];
  if (wait === undefined) return null;
  // Custom waits are exact.
  const spread = retry === 'standard' ? jitter(random) : 1;
  const scheduled = now + Math.round(wait * spread * 1000);
  return Math.max(scheduled, retryAfter ?? scheduled);
}

const DAY_SECONDS = 86_400;

/** Return whether a schedule may outlast the retention of its events, ignoring `Retry-After`. */
export function outlasts(retry: Subscription['retry'], retentionDays: number): boolean {
  const seconds = waitsOf(retry).reduce((sum, wait) => sum + wait, 0);
  const longest = retry === 'standard' ? seconds * (1 + JITTER) : seconds;
  return longest >= retentionDays * DAY_SECONDS;
}

function waitsOf(retry: Subscription['retry']): readonly number[] {
  if (retry === 'none') return [];
  return retry === 'standard' ? STANDARD_WAITS : retry;
}

/**
 * Parse `Retry-After`, which is seconds or an HTTP date (RFC 9110, 10.2.3), into milliseconds since the epoch. Return null if
 * it is neither. The header is untrusted, so the result is at most a day from now.
 */
export function parseRetryAfter(value: string | undefined, now: number): number | null {
  if (value === undefined) return null;
  const text = value.trim();
  const latest = now + MAX_RETRY_AFTER * 1000;
  if (/^\d+$/.test(text)) return Math.min(now + Number(text) * 1000, latest);
  // Date.parse accepts far more than HTTP dates, such as "1" or "2030".
  if (!/^[A-Za-z]{3,9},? /.test(text)) return null;
  // The obsolete asctime form means GMT without naming it; a second GMT changes nothing.
  const date = Date.parse(`${text} GMT`);
  return Number.isNaN(date) ? null : Math.min(date, latest);
}
