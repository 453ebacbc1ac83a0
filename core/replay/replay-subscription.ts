import type { ReplayRequest } from '../api-schemas/replay.ts';
import type { ProjectLimits } from '../contract.ts';
import { type WakePumpPorts, wakePump } from '../flow/wake-pump.ts';
import { DAY_MS } from '../kernel/clock.ts';
import { ConflictError, found, NotFoundError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { retryConflicts } from '../kernel/retry-conflicts.ts';
import { stepLease } from '../model/due-work.ts';
import { endedJob } from '../model/job.ts';
import { isRunning, type ReplayJob } from '../model/replay-job.ts';
import type { Page, PageRequest } from '../ports/page.ts';
import type { ReplayJobStore } from '../ports/replay-job-store.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';

export interface ReplaySubscriptionPorts extends WakePumpPorts {
  readonly subscriptions: Pick<SubscriptionStore, 'get'>;
  readonly jobs: Pick<ReplayJobStore, 'create' | 'handOver' | 'get' | 'list' | 'replace'>;
  readonly limits: Pick<ProjectLimits, 'jobs'>;
}

const subscriptionOf = async (
  { subscriptions }: Pick<ReplaySubscriptionPorts, 'subscriptions'>,
  project: string,
  id: string,
) => found(await subscriptions.get(project, id), 'subscription', id);

/** How long a job can be looked up. */
const JOB_KEPT_MS = 30 * DAY_MS;

/** Start a job that replays a subscription's deliveries. @throws ConflictError if one is running, or it is disabled */
export async function startReplay(
  ports: ReplaySubscriptionPorts,
  project: string,
  subscriptionId: string,
  request: ReplayRequest,
): Promise<ReplayJob> {
  const { jobs, limits, clock } = ports;
  const subscription = await subscriptionOf(ports, project, subscriptionId);
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
    state: 'running',
    done: 0,
    cursor: null,
    reachedAt: null,
    nextDueAt: now,
    requestedAt,
    expiresAt: now + JOB_KEPT_MS,
  };
  // If the pump is not woken, the sweeper finds the job when the lease ends.
  const claim = await jobs.create(job, stepLease(now), limits.jobs);
  await wakePump(ports, project, subscriptionId, now);
  await jobs.handOver(claim);
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

/** List a subscription's jobs, the newest first. @throws NotFoundError */
export async function listReplayJobs(
  ports: Pick<ReplaySubscriptionPorts, 'subscriptions' | 'jobs'>,
  project: string,
  subscriptionId: string,
  page: PageRequest,
): Promise<Page<ReplayJob>> {
  const { id } = await subscriptionOf(ports, project, subscriptionId);
  return ports.jobs.list(id, page);
}

/**
 * Cancel a job. What is in the mailbox already is still delivered. Return the job as it is now, which may have ended before.
 *
 * @throws NotFoundError
 */
export const cancelReplay = (
  ports: Pick<ReplaySubscriptionPorts, 'jobs' | 'clock'>,
  project: string,
  subscriptionId: string,
  id: string,
): Promise<ReplayJob> =>
  retryConflicts(async () => {
    const job = await getReplayJob(ports, project, subscriptionId, id);
    if (!isRunning(job)) return job;
    const cancelled = endedJob(job, 'cancelled', ports.clock());
    if (!(await ports.jobs.replace(job, cancelled)))
      throw new ConflictError('The job went on meanwhile. Send the request again.');
    return cancelled;
  });
