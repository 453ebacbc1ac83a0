import type { Clock } from '../kernel/clock.ts';
import { DUE_SHARDS, type DueEntry, type DueWorkStore } from '../ports/due-work-store.ts';
import type { Logger } from '../ports/logger.ts';
import type { DeliveryQueue } from '../ports/message-queue.ts';
import type { Metrics } from '../ports/metrics.ts';

export interface SweepPorts {
  readonly dueWork: Pick<DueWorkStore, 'due' | 'claim'>;
  readonly retriesQueue: DeliveryQueue;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** More than the minute between two sweeps, so that each delivery is found before it is due. */
const LOOK_AHEAD_MS = 120_000;
/**
 * How long after its due time a claimed delivery is found again if nobody completed it. Must be longer than a message can be
 * received in vain (five visibility timeouts of six minutes): a claim renewed before that would void its message again and
 * again, and a delivery that always fails would never reach the dead-letter queue.
 */
const LEASE_MS = 35 * 60_000;
const PER_PAGE = 100;

/** Due work that this sweep has claimed. */
interface Claimed {
  readonly due: DueEntry;
  readonly lease: number;
  readonly subscriptionId: string;
}

/** The result of a shard's sweep. */
interface Swept {
  readonly moved: number;
  /** How late its oldest item was. */
  readonly lagMs: number;
  /** Whether the table and the queue refused nothing. */
  readonly isComplete: boolean;
}

/**
 * Move due work (parked deliveries, breakers, replay jobs) to the retries queue, each with the delay that is left. A claim
 * moves an item to the end of its lease in the due index, so an abandoned claim comes up again by itself.
 *
 * @param until when no further page may be read, in milliseconds since the epoch
 * @returns how many items were moved
 */
export async function sweep(ports: SweepPorts, until: number): Promise<number> {
  const { clock, log, metrics } = ports;
  const startedAt = clock();
  const shards = await Promise.all(
    Array.from({ length: DUE_SHARDS }, (_, shard) =>
      sweepShard(ports, shard, startedAt + LOOK_AHEAD_MS, until),
    ),
  );
  const moved = shards.reduce((sum, shard) => sum + shard.moved, 0);
  const lagSeconds = Math.ceil(Math.max(...shards.map(({ lagMs }) => lagMs)) / 1000);
  // A sweep that found nothing shows in its metric alone.
  if (moved > 0) log.info('due work moved', { moved, lagSeconds, durationMs: clock() - startedAt });
  if (shards.every(({ isComplete }) => isComplete)) metrics.count('SweepsCompleted');
  metrics.count('DueWorkMoved', moved);
  if (lagSeconds > 0) metrics.measure('DueWorkLag', lagSeconds);
  return moved;
}

/** Sweep one shard. One that fails is logged and swept again in a minute; the others go on. */
async function sweepShard(ports: SweepPorts, shard: number, dueUntil: number, until: number): Promise<Swept> {
  const { dueWork, clock, log } = ports;
  let moved = 0;
  let lagMs = 0;
  let isComplete = true;
  try {
    while (clock() < until) {
      const due = await dueWork.due(shard, dueUntil, PER_PAGE);
      if (due[0] !== undefined) lagMs = Math.max(lagMs, clock() - due[0].dueAt);
      const claims = await Promise.all(due.map((entry) => claim(ports, entry)));
      const claimed = claims.filter((each) => each !== null && each !== 'refused');
      const sent = await send(ports, claimed);
      moved += sent;
      if (sent < claimed.length || claims.includes('refused')) isComplete = false;
      // If nothing of a page could be claimed, the next read would find the same page.
      if (due.length < PER_PAGE || claimed.length === 0) break;
    }
  } catch (error) {
    log.error('shard not swept', { shard, moved, error });
    return { moved, lagMs, isComplete: false };
  }
  return { moved, lagMs, isComplete };
}

/** Claim due work. Return null if another sweep has it or it is done, `refused` if the table did not answer. */
async function claim(
  { dueWork, clock, log }: SweepPorts,
  due: DueEntry,
): Promise<Claimed | 'refused' | null> {
  const lease = Math.max(clock(), due.dueAt) + LEASE_MS;
  try {
    const claimed = await dueWork.claim(due, lease);
    return claimed && { due, lease, ...claimed };
  } catch (error) {
    log.error('due work not claimed', { item: due.key, error });
    return 'refused';
  }
}

/** Send what was claimed, and give back the claims whose message was not sent. Return how many were sent. */
async function send(
  { dueWork, retriesQueue, clock, log }: SweepPorts,
  claimed: readonly Claimed[],
): Promise<number> {
  const now = clock();
  const unsent = await retriesQueue.send(
    claimed.map(({ due: { key, dueAt }, lease, subscriptionId }) => ({
      message: { kind: 'claim', claim: { key, lease } },
      groupId: subscriptionId,
      delaySeconds: Math.max(0, Math.ceil((dueAt - now) / 1000)),
    })),
  );
  const givenBack = claimed.filter((_, index) => unsent.has(index));
  if (givenBack.length > 0) log.error('due work not sent', { unsent: givenBack.length });
  await Promise.all(
    givenBack.map(({ due: { key, dueAt }, lease }) => dueWork.claim({ key, dueAt: lease }, dueAt)),
  );
  return claimed.length - givenBack.length;
}
