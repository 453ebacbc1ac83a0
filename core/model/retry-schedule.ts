import { JITTER, jitter } from '../kernel/jitter.ts';
import type { Subscription } from './subscription.ts';

/** Waits in seconds between the attempts: with the first at once, 10 attempts over about 3 days. */
const STANDARD_WAITS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
/** The longest wait that an endpoint may ask for, in seconds. */
const MAX_RETRY_AFTER = 86_400;

/** `DelaySeconds` of SQS ends here; a longer wait is parked in the table. */
export const MAX_QUEUE_DELAY_SECONDS = 900;

export interface FailedAttempt {
  readonly retry: Subscription['retry'];
  /** 1 for the first attempt. */
  readonly number: number;
  /** When the attempt ended, in milliseconds. */
  readonly now: number;
  /** What the endpoint asked for, in milliseconds since the epoch. */
  readonly retryAfter: number | null;
  /** 0 to 1. */
  readonly random: number;
}

/** When the next attempt is due, in milliseconds since the epoch; null when the schedule is exhausted. */
export function nextAttemptAt({ retry, number, now, retryAfter, random }: FailedAttempt): number | null {
  const wait = waitsOf(retry)[number - 1];
  if (wait === undefined) return null;
  // A schedule of the subscriber's own is kept to the second.
  const spread = retry === 'standard' ? jitter(random) : 1;
  const scheduled = now + Math.round(wait * spread * 1000);
  return Math.max(scheduled, retryAfter ?? scheduled);
}

const DAY_SECONDS = 86_400;

/** Whether the last attempt of a schedule could find its event gone, `Retry-After` aside. */
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
 * `Retry-After` in either form, seconds or an HTTP date (RFC 9110, section 10.2.3), as milliseconds since the epoch;
 * null when it is neither. At most a day from now, whatever it says: it comes from a stranger.
 */
export function parseRetryAfter(value: string | undefined, now: number): number | null {
  if (value === undefined) return null;
  const text = value.trim();
  const latest = now + MAX_RETRY_AFTER * 1000;
  if (/^\d+$/.test(text)) return Math.min(now + Number(text) * 1000, latest);
  // Date.parse takes far more than HTTP dates, "1" or "2030" among them.
  if (!/^[A-Za-z]{3,9},? /.test(text)) return null;
  // The obsolete asctime form names no zone and means GMT; where GMT is said, saying it twice changes nothing.
  const date = Date.parse(`${text} GMT`);
  return Number.isNaN(date) ? null : Math.min(date, latest);
}
