import type { Usage } from '../api/types.ts';

export interface Limit {
  readonly name: keyof Usage;
  readonly used: number;
  readonly limit: number;
}

type Nearness = 'far' | 'near' | 'reached';

const NEAR = 0.9;
const DAY_MS = 86_400_000;
const COUNTED = [
  ...(['bytesToday', 'loggedBytesToday', 'subscriptions'] as const),
  ...(['keys', 'eventTypes', 'tests', 'jobs'] as const),
];

/** Return the limits of a project in the order in which they are shown. What is not available of the burst is used. */
export function limitsOf({ events: { burst, available }, ...usage }: Usage): readonly Limit[] {
  return [
    { name: 'events', used: burst - available, limit: burst },
    ...COUNTED.map((name) => ({ name, ...usage[name] })),
  ];
}

/** Return the limits that a project has reached or is near. Open tests are left out: they end within seconds. */
export const limitsToReport = (usage: Usage, nearness: Exclude<Nearness, 'far'>): readonly Limit[] =>
  limitsOf(usage).filter((limit) => limit.name !== 'tests' && nearnessOf(limit) === nearness);

/** A limit is near from 90 %; that of the burst, once less than a tenth is available. */
function nearnessOf({ name, used, limit }: Limit): Nearness {
  // The operator allows none.
  if (limit === 0) return 'far';
  const share = used / limit;
  if (share >= 1) return 'reached';
  return share > NEAR || (share === NEAR && name !== 'events') ? 'near' : 'far';
}

/** Return when the bytes of a day are counted anew, as an ISO time: at the next midnight (UTC). */
export const nextMidnight = (now: number): string => new Date(now - (now % DAY_MS) + DAY_MS).toISOString();
