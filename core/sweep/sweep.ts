import type { Clock } from '../kernel/clock.ts';
import { claimText } from '../model/delivery-message.ts';
import { DUE_SHARDS, type DueEntry, type DueWorkStore } from '../ports/due-work-store.ts';
import type { Log } from '../ports/logger.ts';
import type { MessageQueue, OutgoingMessage } from '../ports/message-queue.ts';
import type { Metrics } from '../ports/metrics.ts';

export interface SweepDependencies {
  readonly dueWork: Pick<DueWorkStore, 'due' | 'claim'>;
  readonly retriesQueue: MessageQueue;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** More than the minute between two sweeps, so that each delivery is found before it is due. */
const LOOK_AHEAD_MS = 120_000;
/**
 * How long after its time a claimed delivery is found again if nobody completed it. Must be longer than a message can
 * be received in vain (five visibility timeouts of six minutes): a claim that was renewed before would void its
 * message time and again, and what always fails would never reach the dead-letter queue.
 */
const LEASE_MS = 35 * 60_000;
const PER_PAGE = 100;

interface Taken {
  readonly due: DueEntry;
  readonly lease: number;
  readonly subscriptionId: string;
}

/**
 * Moves what falls due (parked deliveries, breakers, replay jobs) to the retries queue, each with the delay that is
 * left. Claiming moves it to the end of a lease in the due index, so an abandoned claim comes up again by itself.
 *
 * `mayGoOn` says whether there is time for another page. Answers how many were moved.
 */
export function sweep(dependencies: SweepDependencies) {
  return async (mayGoOn: () => boolean): Promise<number> => {
    const { clock, log, metrics } = dependencies;
    const startedAt = clock();
    const shards = await Promise.all(
      Array.from({ length: DUE_SHARDS }, (_, shard) =>
        sweepShard(dependencies, shard, startedAt + LOOK_AHEAD_MS, mayGoOn),
      ),
    );
    const moved = shards.reduce((sum, shard) => sum + shard.moved, 0);
    const lagSeconds = Math.ceil(Math.max(...shards.map(({ lagMs }) => lagMs)) / 1000);
    // A sweep that found nothing is told by its metric alone.
    if (moved > 0) log.info('due work moved', { moved, lagSeconds, durationMs: clock() - startedAt });
    if (shards.every(({ isSwept }) => isSwept)) metrics.count('SweepsCompleted');
    metrics.count('DueWorkMoved', moved);
    if (lagSeconds > 0) metrics.measure('DueWorkLag', lagSeconds);
    return moved;
  };
}

interface Swept {
  readonly moved: number;
  /** By how much its oldest item was late. */
  readonly lagMs: number;
  /** Nothing of it was refused by the table or the queue. */
  readonly isSwept: boolean;
}

/** A shard that fails is told and tried again in a minute; the others go on. */
async function sweepShard(
  dependencies: SweepDependencies,
  shard: number,
  until: number,
  mayGoOn: () => boolean,
): Promise<Swept> {
  const { dueWork, clock, log } = dependencies;
  let moved = 0;
  let lagMs = 0;
  let isSwept = true;
  try {
    while (mayGoOn()) {
      const due = await dueWork.due(shard, until, PER_PAGE);
      if (due[0] !== undefined) lagMs = Math.max(lagMs, clock() - due[0].dueAt);
      const claims = await Promise.all(due.map((one) => claim(dependencies, one)));
      const taken = claims.filter((one) => one !== null && one !== 'refused');
      const sent = await send(dependencies, taken);
      moved += sent;
      if (sent < taken.length || claims.includes('refused')) isSwept = false;
      // Where all of a page was beyond claiming, the next read would find the same page.
      if (due.length < PER_PAGE || taken.length === 0) break;
    }
  } catch (error) {
    log.error('shard not swept', { shard, moved, error });
    return { moved, lagMs, isSwept: false };
  }
  return { moved, lagMs, isSwept };
}

/** Null if another has it, or it is done. */
async function claim(
  { dueWork, clock, log }: SweepDependencies,
  due: DueEntry,
): Promise<Taken | 'refused' | null> {
  const lease = Math.max(clock(), due.dueAt) + LEASE_MS;
  try {
    const claimed = await dueWork.claim(due, lease);
    return claimed && { due, lease, ...claimed };
  } catch (error) {
    log.error('due work not claimed', { item: due.key, error });
    return 'refused';
  }
}

/** Sends what was claimed. A claim whose message was not sent is given back. Answers how many were sent. */
async function send(
  { dueWork, retriesQueue, clock, log }: SweepDependencies,
  taken: readonly Taken[],
): Promise<number> {
  const now = clock();
  const unsent = await retriesQueue.send(taken.map((each) => toMessage(each, now)));
  const back = taken.filter((_, index) => unsent.has(index));
  if (back.length > 0) log.error('due work not sent', { unsent: back.length });
  await Promise.all(
    back.map(({ due: { key, dueAt }, lease }) => dueWork.claim({ key, dueAt: lease }, dueAt)),
  );
  return taken.length - back.length;
}

function toMessage({ due: { key, dueAt }, lease, subscriptionId }: Taken, now: number): OutgoingMessage {
  return {
    body: claimText({ key, lease }),
    groupId: subscriptionId,
    delaySeconds: Math.max(0, Math.ceil((dueAt - now) / 1000)),
  };
}
