import type { Attempt } from './attempt.ts';

/** Statistics of an endpoint's latest attempts. */
export interface AttemptStats {
  readonly attempts: number;
  readonly succeeded: number;
  readonly failed: number;
  /** The nearest-rank percentile in milliseconds; null if there was no attempt. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  /** When the earliest attempt was made, ISO 8601 UTC. */
  readonly since: string | null;
}

/** Summarise attempts. Test requests do not count, because they are no deliveries. */
export function attemptStats(
  attempts: readonly Pick<Attempt, 'trigger' | 'outcome' | 'durationMs' | 'at'>[],
): AttemptStats {
  const counted = attempts.filter(({ trigger }) => trigger !== 'test');
  const succeeded = counted.filter(({ outcome }) => outcome === 'success').length;
  const durations = counted.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
  const quantile = (share: number) => durations[Math.max(0, Math.ceil(share * durations.length) - 1)] ?? null;
  return {
    attempts: counted.length,
    succeeded,
    failed: counted.length - succeeded,
    p50Ms: quantile(0.5),
    p95Ms: quantile(0.95),
    since: counted.map(({ at }) => at).sort()[0] ?? null,
  };
}
