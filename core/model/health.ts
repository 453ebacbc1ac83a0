/** How an endpoint does, counted from failures alone: a healthy one costs no write. */
export interface Health {
  /** `open`: its breaker holds back whatever is due, and probes. */
  readonly state: 'healthy' | 'failing' | 'open';
  /** Since the last success that followed a failure. */
  readonly consecutiveFailures: number;
  readonly firstFailureAt: string | null;
  /** Written when a success ends a row of failures; null if there was none to end. */
  readonly lastSuccessAt: string | null;
}

export const HEALTHY: Health = {
  state: 'healthy',
  consecutiveFailures: 0,
  firstFailureAt: null,
  lastSuccessAt: null,
};

/** A subscription that has failed for so long without one success is disabled. */
const GIVEN_UP_AFTER_MS = 5 * 86_400_000;

export function isGivenUp(firstFailureAt: string, now: number): boolean {
  return now - Date.parse(firstFailureAt) >= GIVEN_UP_AFTER_MS;
}
