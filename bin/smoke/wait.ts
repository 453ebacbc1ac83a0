import { setTimeout as sleep } from 'node:timers/promises';
import { ApiUnavailableError } from '../admin/api.ts';
import { CheckError } from './check.ts';

/** Something that is not there yet: what is there instead, for whoever reads that it never came. */
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

/** Asks until the answer is there; an API that cannot answer now is asked again. @throws CheckError at the deadline */
export async function waitFor<Result>(
  expected: string,
  ask: () => Promise<Result | NotYet>,
  { timeoutMs, signal }: Patience,
): Promise<Result> {
  const until = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask().catch(notYetUnlessRefused);
    if (!(answer instanceof NotYet)) return answer;
    if (performance.now() >= until)
      throw new CheckError(`${expected} within ${timeoutMs / 1000} s`, answer.found);
    await sleep(POLL_MS, undefined, { signal });
  }
}

function notYetUnlessRefused(error: unknown): NotYet {
  if (error instanceof ApiUnavailableError) return new NotYet(error.message);
  throw error;
}
