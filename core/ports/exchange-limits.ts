import type { RecordedAttempt } from './attempt-log.ts';

/** Limits what the request log keeps in full. */
export interface ExchangeLimits {
  /** Return attempts that should be logged in full. Those over a limit are `compact`, and say why. */
  choose(attempts: readonly RecordedAttempt[]): Promise<readonly RecordedAttempt[]>;
}
