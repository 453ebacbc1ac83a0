import { setTimeout as sleep } from 'node:timers/promises';
import { ApiUnavailableError } from '../admin/api.ts';
import { CheckError } from './check.ts';

/** The awaited result is not there yet; `found` says what is there instead, for the message after a timeout. */
export class NotYet {
  readonly found: string;

  constructor(found: string) {
    this.found = found;
  }
}

export interface Patience {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const POLL_MS = 250;

/** Poll until the result is there, also while the API is unavailable. @throws CheckError at the deadline */
export async function waitFor<Result>(
  expected: string,
  ask: () => Promise<Result | NotYet>,
  { timeoutMs, signal }: Patience,
): Promise<Result> {
  const until = performance.now() + timeoutMs;
  for (;;) {
    const result = await ask().catch(notYetIfUnavailable);
    if (!(result instanceof NotYet)) return result;
    if (performance.now() >= until)
      throw new CheckError(`${expected} within ${timeoutMs / 1000} s`, result.found);
    await sleep(POLL_MS, undefined, { signal });
  }
}

function notYetIfUnavailable(error: unknown): NotYet {
  if (error instanceof ApiUnavailableError) return new NotYet(error.message);
  throw error;
}
