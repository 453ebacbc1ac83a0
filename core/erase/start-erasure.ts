import { type Clock, DAY_MS } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import type { JsonText } from '../kernel/json-text.ts';
import { stepLease } from '../model/due-work.ts';
import type { ErasureJob } from '../model/erasure-job.ts';
import type { ErasureStore } from '../ports/erasure-store.ts';
import type { DeliveryQueue } from '../ports/message-queue.ts';

export interface StartErasurePorts {
  readonly erasures: Pick<ErasureStore, 'create'>;
  readonly retriesQueue: DeliveryQueue;
  readonly clock: Clock;
}

/** How long a job can be looked up. */
const JOB_KEPT_MS = 30 * DAY_MS;

/** Start a job that erases the events of an actor which were accepted until now. @throws ConflictError if one is running */
export async function startErasure(
  { erasures, retriesQueue, clock }: StartErasurePorts,
  project: string,
  actor: JsonText,
): Promise<ErasureJob> {
  const now = clock();
  const job: ErasureJob = {
    ...{ id: newId('era', now), project, actor, state: 'running', examined: 0, erased: 0 },
    ...{ cursor: null, reachedAt: null, requestedAt: new Date(now).toISOString() },
    expiresAt: now + JOB_KEPT_MS,
  };
  // If its message is not sent, the sweeper finds the job when the lease ends.
  const claim = await erasures.create(job, stepLease(now));
  await retriesQueue.send([{ message: { kind: 'claim', claim }, groupId: project }]);
  return job;
}
