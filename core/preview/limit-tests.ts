import { randomUUID } from 'node:crypto';
import type { ProjectLimits } from '../contract.ts';
import type { Clock } from '../kernel/clock.ts';
import { TooManyRequestsError } from '../kernel/errors.ts';
import { testPlace } from '../model/test-place.ts';
import type { Lease, LeaseStore } from '../ports/lease-store.ts';

export interface LimitTestsPorts {
  readonly leases: LeaseStore;
  readonly limits: Pick<ProjectLimits, 'tests'>;
  readonly clock: Clock;
}

/** Between two test requests to a subscription, because the pump does not pace them. */
const APART_MS = 1000;

/** Longer than the function's timeout of 29 s, so a lease ends by itself only if its function has died. */
const LEASE_MS = 30_000;

/**
 * Run a test within the limits: one a second per subscription, `tests` at once per project, each of which occupies an instance of
 * the function for up to 25 s. Costs three writes, and one more for each other test of the project that runs.
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
  { leases, limits, clock }: LimitTestsPorts,
  project: string,
  holder: string,
): Promise<Lease> {
  for (let number = 0; number < limits.tests; number++) {
    const place = { name: testPlace(project, number), holder, endsAt: clock() + LEASE_MS };
    if (await leases.take(place)) return place;
  }
  throw new TooManyRequestsError(
    `The project has ${limits.tests} test requests open. Wait until one has been answered.`,
    5,
  );
}
