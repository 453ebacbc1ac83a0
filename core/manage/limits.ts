import type { ProjectLimits } from '../contract.ts';
import { limitReached } from '../kernel/errors.ts';
import type { UsageStore } from '../ports/usage-store.ts';

export interface LimitPorts {
  readonly usage: Pick<UsageStore, 'count'>;
  readonly limits: Pick<ProjectLimits, 'keys' | 'eventTypes'>;
}

const NAMES = { keys: 'keys', eventTypes: 'event types' } as const;

/**
 * Refuse more keys or event types than a project may have. Creations at the same time may exceed the limit by as many as there are.
 *
 * @param most how many are created at most
 * @param exactly counts those that are; it is called only if there may be no room for them
 * @throws LimitReachedError
 */
export async function refuseBeyondLimit(
  { usage, limits }: LimitPorts,
  project: string,
  what: keyof typeof NAMES,
  most = 1,
  exactly: () => Promise<number> = async () => most,
): Promise<void> {
  const limit = limits[what];
  const room = Math.max(0, limit - (await usage.count(project, what)));
  if (most > room && (await exactly()) > room) throw limitReached(limit, NAMES[what]);
}
