import type { Attempt } from './attempt.ts';

/** How an endpoint has done lately. */
export interface AttemptStats {
  readonly attempts: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Milliseconds, the nearest-rank percentile; null where there was no attempt. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  /** When the earliest of them was made, ISO 8601 UTC. */
  readonly since: string | null;
}

/** Tests say nothing of deliveries, so they do not count. */
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
