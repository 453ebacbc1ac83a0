import type { ProjectLimits } from '../contract.ts';
import { LimitReachedError } from '../kernel/errors.ts';
import type { UsageStore } from '../ports/usage-store.ts';

export interface LimitPorts {
  readonly usage: Pick<UsageStore, 'count'>;
  readonly limits: Pick<ProjectLimits, 'keys' | 'eventTypes'>;
}

const NAMES = { keys: 'keys', eventTypes: 'event types' } as const;

/**
 * Refuse more keys or event types than a project may have. Creations at the same time may exceed the limit by as many as there are.
 *
 * @throws LimitReachedError
 */
export async function refuseBeyondLimit(
  { usage, limits }: LimitPorts,
  project: string,
  what: keyof typeof NAMES,
  more = 1,
): Promise<void> {
  const limit = limits[what];
  if ((await usage.count(project, what)) + more > limit) throw limitReached(limit, NAMES[what]);
}

const limitReached = (limit: number, what: string): LimitReachedError =>
  new LimitReachedError(
    `A project may have ${limit.toLocaleString('en')} ${what}. Delete one first, or ask the operator for more.`,
  );
