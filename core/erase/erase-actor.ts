import { type Claim, STEP_MS, stepLease } from '../model/due-work.ts';
import { type ErasureJob, isOfActor, rangeOf, secondLookAt } from '../model/erasure-job.ts';
import { endedJob } from '../model/job.ts';
import type { ErasureStore } from '../ports/erasure-store.ts';
import type { EventStore, EventSummary } from '../ports/event-store.ts';
import type { Logger } from '../ports/logger.ts';
import type { DeliveryQueue } from '../ports/message-queue.ts';
import { type EraseEventPorts, eraseEvent } from './erase-event.ts';

export interface EraseActorPorts extends EraseEventPorts {
  readonly events: Pick<EventStore, 'get' | 'list' | 'erase' | 'eraseBodies'>;
  readonly erasures: Pick<ErasureStore, 'repeatAt' | 'note' | 'replace'>;
  readonly retriesQueue: DeliveryQueue;
  readonly log: Logger;
}

/** A page reads each shard of the log. */
const PER_PAGE = 100;
/** The events that are in memory together. */
const AT_ONCE = 5;

/**
 * Go on with a job for one step, and send the message of the next step. If that is lost, the sweeper finds the job when its lease
 * ends. A page that is not done to its end is done again. The sweeper begins the second look, too.
 */
export async function eraseActor(ports: EraseActorPorts, found: Claim, job: ErasureJob): Promise<void> {
  const { erasures, retriesQueue, clock, log } = ports;
  const until = clock() + STEP_MS;
  let claim = found;
  let current = job;
  while (current.state === 'running') {
    if (clock() >= until) {
      await retriesQueue.send([{ message: { kind: 'claim', claim }, groupId: job.project }]);
      return;
    }
    const next = await erasePage(ports, current, until);
    const waits = next.isSecondLook === true && clock() < secondLookAt(next);
    const renewed = await erasures.replace(
      claim,
      current,
      next,
      waits ? secondLookAt(next) : stepLease(clock(), claim),
    );
    // Another worker has the job, or has to wait for it.
    if (renewed === null || waits) return;
    claim = renewed;
    current = next;
  }
  const { id: erasureId, project, examined, erased } = current;
  log.info('erasure ended', { project, erasureId, examined, erased });
}

/** Look at the next events, the oldest first, and erase those of the actor. Return the job as it is then. */
async function erasePage(ports: EraseActorPorts, job: ErasureJob, until: number): Promise<ErasureJob> {
  const { project, cursor, isSecondLook = false } = job;
  const range = { ...rangeOf(job), order: 'oldest first' } as const;
  const page = await ports.events.list(project, range, { limit: PER_PAGE, cursor });
  let erased = 0;
  for (let from = 0; from < page.items.length; from += AT_ONCE) {
    const some = page.items.slice(from, from + AT_ONCE);
    const found = await Promise.all(some.map((event) => eraseIfOfActor(ports, job, event, until)));
    erased += found.filter(Boolean).length;
  }
  const next: ErasureJob = {
    ...job,
    // The second look cannot tell which events are new, apart from those that it erases.
    examined: job.examined + (isSecondLook ? erased : page.items.length),
    erased: job.erased + erased,
    cursor: page.cursor,
    reachedAt: isSecondLook ? job.reachedAt : (page.items.at(-1)?.acceptedAt ?? job.reachedAt),
  };
  if (page.cursor !== null) return next;
  // Nobody needs the actor any more.
  if (!isSecondLook) return { ...next, isSecondLook: true };
  return endedJob({ ...next, actor: null }, 'done', ports.clock());
}

/**
 * Erase an event if it is of the job's actor, and return whether it was. What there is no time for is done when it is repeated. A page
 * that is read again, because a worker died in it, counts what was erased since the job was requested: it no longer has an actor.
 */
async function eraseIfOfActor(
  ports: EraseActorPorts,
  { project, actor, requestedAt, isSecondLook }: ErasureJob,
  { id }: EventSummary,
  until: number,
): Promise<boolean> {
  const event = await ports.events.get(project, id);
  if (event?.erased !== undefined && !event.erased.partly)
    return !isSecondLook && event.erased.at >= requestedAt;
  if (event === null || actor === null) return false;
  // Whose it was is not known any more, but that somebody has erased it is.
  if (!event.erased?.partly && !isOfActor(event, actor)) return false;
  await eraseEvent(ports, project, id, until);
  return true;
}
