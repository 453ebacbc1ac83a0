import { ConflictError } from './errors.ts';

const MAX_TRIES = 30;

/**
 * Repeat a read, a change and a conditional write while concurrent writes overtake it. No pause is needed: in each round one
 * of the writers succeeds.
 *
 * @throws ConflictError after 30 lost races
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
