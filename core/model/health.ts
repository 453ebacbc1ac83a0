/** An endpoint's health, derived from its failures alone: a healthy endpoint costs no write. */
export interface Health {
  /** `open` means that its breaker holds due deliveries and probes the endpoint. */
  readonly state: 'healthy' | 'failing' | 'open';
  /** The failures since the last success that followed a failure. */
  readonly consecutiveFailures: number;
  readonly firstFailureAt: string | null;
  /** The last success that ended a run of failures; null if none did. */
  readonly lastSuccessAt: string | null;
}

export const HEALTHY: Health = {
  state: 'healthy',
  consecutiveFailures: 0,
  firstFailureAt: null,
  lastSuccessAt: null,
};

/** A subscription that fails for this long without a success is disabled. */
const GIVEN_UP_AFTER_MS = 5 * 86_400_000;

export function isGivenUp(firstFailureAt: string, now: number): boolean {
  return now - Date.parse(firstFailureAt) >= GIVEN_UP_AFTER_MS;
}
