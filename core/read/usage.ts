import { BYTES_PER_MEGABYTE, type ProjectLimits } from '../contract.ts';
import { type Clock, startOfDay } from '../kernel/clock.ts';
import type { AllowanceStore } from '../ports/allowance-store.ts';
import type { ExchangeCounts } from '../ports/exchange-counts.ts';
import type { UsageStore } from '../ports/usage-store.ts';

export interface UsagePorts {
  readonly allowances: Pick<AllowanceStore, 'read'>;
  readonly usage: Pick<UsageStore, 'count'>;
  readonly exchangeCounts: Pick<ExchangeCounts, 'bytes'>;
  readonly limits: ProjectLimits;
  readonly maxSubscriptionsPerProject: number;
  readonly clock: Clock;
}

/** Something that a project may have a limited number of. */
interface Used {
  readonly used: number;
  readonly limit: number;
}

export interface Usage {
  /** How many events the project may publish in a second, at once after a quiet time, and now. */
  readonly events: { readonly perSecond: number; readonly burst: number; readonly available: number };
  /** Since midnight (UTC). */
  readonly bytesToday: Used;
  /** Bytes that the request log has kept in full since midnight (UTC). */
  readonly loggedBytesToday: Used;
  readonly subscriptions: Used;
  readonly keys: Used;
  readonly eventTypes: Used;
  readonly tests: Used;
  readonly jobs: Used;
}

/** Return what a project uses of what it may. Tokens and bytes lag by what functions have not reported yet: a second at most. */
export async function readUsage(
  { allowances, usage, exchangeCounts, limits, maxSubscriptionsPerProject, clock }: UsagePorts,
  project: string,
): Promise<Usage> {
  const { eventsPerSecond: perSecond, burst, megabytesPerDay, loggedMegabytesPerDay } = limits;
  const mostLogged = loggedMegabytesPerDay * BYTES_PER_MEGABYTE;
  const limitOf = { ...limits, subscriptions: maxSubscriptionsPerProject };
  const counted = async (what: Parameters<UsageStore['count']>[1]): Promise<Used> => ({
    used: await usage.count(project, what),
    limit: limitOf[what],
  });
  const [{ tokens, bytesToday }, logged, subscriptions, keys, eventTypes, tests, jobs] = await Promise.all([
    allowances.read(project, { perSecond, burst }),
    exchangeCounts.bytes(project, startOfDay(clock())),
    counted('subscriptions'),
    counted('keys'),
    counted('eventTypes'),
    counted('tests'),
    counted('jobs'),
  ]);
  return {
    events: { perSecond, burst, available: tokens },
    bytesToday: { used: bytesToday, limit: megabytesPerDay * BYTES_PER_MEGABYTE },
    // An exchange that did not fit has been counted as well.
    loggedBytesToday: { used: Math.min(logged, mostLogged), limit: mostLogged },
    ...{ subscriptions, keys, eventTypes, tests, jobs },
  };
}
