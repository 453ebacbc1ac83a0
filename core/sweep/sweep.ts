import type { Clock } from '../kernel/clock.ts';
import { DUE_SHARDS, type DueEntry, type DueWorkStore } from '../ports/due-work-store.ts';
import type { Logger } from '../ports/logger.ts';
import type { DeliveryQueue, PumpQueue } from '../ports/message-queue.ts';
import type { Metrics } from '../ports/metrics.ts';

export interface SweepPorts {
  readonly dueWork: Pick<DueWorkStore, 'due' | 'claim' | 'callPump'>;
  readonly retriesQueue: DeliveryQueue;
  readonly pumpsQueue: PumpQueue;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** More than the minute between two sweeps, so that everything is found before it is due. */
const LOOK_AHEAD_MS = 120_000;
/**
 * How long after its due time claimed work is found again if nobody completed it. Must be longer than a message can be
 * received in vain (five visibility timeouts of six minutes): a claim renewed before that would void its message again and
 * again, and work that always fails would never reach the dead-letter queue.
 */
const LEASE_MS = 35 * 60_000;
const PER_PAGE = 100;

/** The result of a shard's sweep. */
interface Swept {
  readonly moved: number;
  /** How late its oldest item was. */
  readonly lagMs: number;
  /** Whether the table and the queues refused nothing. */
  readonly isComplete: boolean;
}

/**
 * Call the pumps that are due, and move other due work to the retries queue, each with the delay that is left. What does not
 * come to an end comes up again by itself.
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

/**
 * Sweep one shard from its earliest entry to its last. It does not stop at a page of which another sweep has everything: the
 * index may lag. A shard that fails is logged and swept again in a minute; the others go on.
 */
async function sweepShard(ports: SweepPorts, shard: number, dueUntil: number, until: number): Promise<Swept> {
  const { dueWork, clock, log } = ports;
  let moved = 0;
  let lagMs = 0;
  let isComplete = true;
  try {
    let cursor: string | null = null;
    do {
      const page = await dueWork.due(shard, dueUntil, { limit: PER_PAGE, cursor });
      if (page.items[0] !== undefined) lagMs = Math.max(lagMs, clock() - page.items[0].dueAt);
      const results = await Promise.all([
        callPumps(
          ports,
          page.items.filter(({ isPump }) => isPump),
        ),
        moveClaims(
          ports,
          page.items.filter(({ isPump }) => !isPump),
        ),
      ]);
      for (const result of results) {
        moved += result.moved;
        isComplete &&= result.isComplete;
      }
      cursor = page.cursor;
    } while (cursor !== null && clock() < until);
    isComplete &&= cursor === null;
  } catch (error) {
    log.error('shard not swept', { shard, moved, error });
    return { moved, lagMs, isComplete: false };
  }
  return { moved, lagMs, isComplete };
}

type Moved = Pick<Swept, 'moved' | 'isComplete'>;

async function callPumps(
  { dueWork, pumpsQueue, clock, log }: SweepPorts,
  due: readonly DueEntry[],
): Promise<Moved> {
  const calls = due.map((entry) => dueWork.callPump(entry, clock()));
  const { taken, refused } = await takenOf(due, calls, log);
  const unsent = await pumpsQueue.send(
    taken.map(({ owner: { project, subscriptionId, dueAt } }) => ({
      message: { project, subscriptionId },
      groupId: project,
      delaySeconds: delayOf({ dueAt }, clock()),
    })),
  );
  // They are called again when their last call is old enough.
  if (unsent.size > 0) log.error('due work not sent', { unsent: unsent.size });
  return { moved: taken.length - unsent.size, isComplete: !refused && unsent.size === 0 };
}

async function moveClaims(
  { dueWork, retriesQueue, clock, log }: SweepPorts,
  due: readonly DueEntry[],
): Promise<Moved> {
  const leaseOf = ({ dueAt }: DueEntry) => Math.max(startedAt, dueAt) + LEASE_MS;
  const startedAt = clock();
  const claims = due.map((entry) => dueWork.claim(entry, leaseOf(entry)));
  const { taken, refused } = await takenOf(due, claims, log);
  const unsent = await retriesQueue.send(
    taken.map(({ entry, owner }) => ({
      message: { kind: 'claim', claim: { key: entry.key, lease: leaseOf(entry) } },
      groupId: owner.project,
      delaySeconds: delayOf(entry, clock()),
    })),
  );
  const givenBack = taken.filter((_, index) => unsent.has(index));
  if (givenBack.length > 0) log.error('due work not sent', { unsent: givenBack.length });
  await Promise.all(
    givenBack.map(({ entry }) => dueWork.claim({ ...entry, dueAt: leaseOf(entry) }, entry.dueAt)),
  );
  return { moved: taken.length - givenBack.length, isComplete: !refused && givenBack.length === 0 };
}

interface Taken<Found> {
  readonly entry: DueEntry;
  readonly owner: Found;
}

/**
 * Wait for what was asked of each entry, and return the entries that are ours now: the others are done, or another sweep has
 * them. `refused` tells whether the table did not answer.
 */
async function takenOf<Found>(
  due: readonly DueEntry[],
  asked: readonly Promise<Found | null>[],
  log: Logger,
): Promise<{ readonly taken: readonly Taken<Found>[]; readonly refused: boolean }> {
  const results = await Promise.allSettled(asked);
  const taken: Taken<Found>[] = [];
  let refused = false;
  for (const [index, entry] of due.entries()) {
    const result = results[index];
    if (result?.status === 'rejected') {
      refused = true;
      log.error('due work not claimed', { item: entry.key, error: result.reason });
    } else if (result?.value) taken.push({ entry, owner: result.value });
  }
  return { taken, refused };
}

const delayOf = ({ dueAt }: Pick<DueEntry, 'dueAt'>, now: number): number =>
  Math.max(0, Math.ceil((dueAt - now) / 1000));
