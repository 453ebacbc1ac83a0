import { randomUUID } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import { TooManyRequestsError } from '../kernel/errors.ts';
import type { Lease, LeaseStore } from '../ports/lease-store.ts';

export interface LimitTestsPorts {
  readonly leases: LeaseStore;
  readonly clock: Clock;
}

/** Test requests that a project may have open at once. Each occupies an instance of the function for up to 25 s. */
const MAX_AT_ONCE = 5;

/** Between two test requests to a subscription, because the pump does not pace them. */
const APART_MS = 1000;

/** Longer than the function's timeout of 29 s, so a lease ends by itself only if its function has died. */
const LEASE_MS = 30_000;

/**
 * Run a test within the limits: one a second per subscription, five at once per project. Costs three writes, and up to
 * four more while other tests of the project run.
 *
 * @throws TooManyRequestsError
 */
export async function withinTestLimits<Result>(
  ports: LimitTestsPorts,
  project: string,
  subscriptionId: string,
  test: () => Promise<Result>,
): Promise<Result> {
  const { leases, clock } = ports;
  const holder = randomUUID();
  const second = { name: `TEST#${subscriptionId}`, holder, endsAt: clock() + APART_MS };
  if (!(await leases.take(second)))
    throw new TooManyRequestsError('A subscription takes one test request a second.', 1);
  const place = await takePlace(ports, project, holder);
  try {
    return await test();
  } finally {
    await leases.release(place);
  }
}

async function takePlace(
  { leases, clock }: LimitTestsPorts,
  project: string,
  holder: string,
): Promise<Lease> {
  for (let number = 0; number < MAX_AT_ONCE; number++) {
    const place = { name: `TESTS#${project}#${number}`, holder, endsAt: clock() + LEASE_MS };
    if (await leases.take(place)) return place;
  }
  throw new TooManyRequestsError(
    `The project has ${MAX_AT_ONCE} test requests open. Wait until one has been answered.`,
    5,
  );
}
