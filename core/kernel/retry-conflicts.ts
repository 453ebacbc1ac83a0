import { ConflictError } from './errors.ts';

/** Whoever is overtaken so often may well be told. */
const MAX_TRIES = 30;

/**
 * Runs a read, a change and a conditional write again while somebody else writes in between. Every time one of them
 * gets through, so many at once all do, without a pause.
 *
 * @throws ConflictError if it was overtaken 30 times
 */
export async function retryConflicts<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof ConflictError) || tries === MAX_TRIES) throw error;
    }
  }
}
