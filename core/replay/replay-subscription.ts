import type { ReplayRequest } from '../api-schemas/replay.ts';
import type { Clock } from '../kernel/clock.ts';
import { ConflictError, found, NotFoundError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { stepLease } from '../model/due-work.ts';
import type { ReplayJob } from '../model/replay-job.ts';
import type { DeliveryQueue } from '../ports/message-queue.ts';
import type { ReplayJobStore } from '../ports/replay-job-store.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';

export interface ReplaySubscriptionPorts {
  readonly subscriptions: Pick<SubscriptionStore, 'get'>;
  readonly jobs: Pick<ReplayJobStore, 'create' | 'get'>;
  readonly retriesQueue: DeliveryQueue;
  readonly clock: Clock;
}

/** How long a job can be looked up. */
const JOB_KEPT_MS = 30 * 86_400_000;

/** Start a job that replays a subscription's deliveries. @throws ConflictError if one is running, or it is disabled */
export async function startReplay(
  { subscriptions, jobs, retriesQueue, clock }: ReplaySubscriptionPorts,
  project: string,
  subscriptionId: string,
  request: ReplayRequest,
): Promise<ReplayJob> {
  const subscription = found(
    await subscriptions.get(project, subscriptionId),
    'subscription',
    subscriptionId,
  );
  if (!subscription.enabled) throw new ConflictError('The subscription is disabled. Enable it first.');
  const now = clock();
  const requestedAt = new Date(now).toISOString();
  const job: ReplayJob = {
    id: newId('job', now),
    project,
    subscriptionId,
    since: request.since,
    // Later events are delivered anyway.
    until: request.until !== undefined && request.until < requestedAt ? request.until : requestedAt,
    only: request.only,
    state: 'counting',
    done: 0,
    total: 0,
    cursor: null,
    requestedAt,
    expiresAt: now + JOB_KEPT_MS,
  };
  const claim = await jobs.create(job, stepLease(now));
  // If this is not sent, the sweeper finds the job when the lease ends.
  await retriesQueue.send([{ message: { kind: 'claim', claim }, groupId: project }]);
  return job;
}

/** @throws NotFoundError */
export async function getReplayJob(
  { jobs }: Pick<ReplaySubscriptionPorts, 'jobs'>,
  project: string,
  subscriptionId: string,
  id: string,
): Promise<ReplayJob> {
  const job = await jobs.get(subscriptionId, id);
  if (job?.project !== project) throw new NotFoundError(`There is no job "${id}".`);
  return job;
}
