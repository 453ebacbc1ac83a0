import { claimText } from '../domain/delivery.ts';
import {
  type Clock,
  DUE_SHARDS,
  type DueDelivery,
  type Log,
  type MessageQueue,
  type OutgoingMessage,
  type ParkedDeliveries,
} from '../ports.ts';

export interface SweepDependencies {
  readonly parked: Pick<ParkedDeliveries, 'due' | 'claim'>;
  readonly retriesQueue: MessageQueue;
  readonly clock: Clock;
  readonly log: Log;
}

/** More than the minute between two sweeps, so that each delivery is found before it is due. */
const LOOK_AHEAD_MS = 120_000;
/**
 * How long after its time a claimed delivery is found again if nobody completed it: the message was lost between
 * claim and send, or the queue is that far behind. Longer than a message's visibility timeout.
 */
const LEASE_MS = 15 * 60_000;
const PER_PAGE = 100;

/**
 * Moves parked deliveries that fall due to the retries queue, each with the delay that is left. Claiming one moves it
 * to the end of its lease in the due index, so an abandoned claim comes up again by itself.
 */
export function sweep({ parked, retriesQueue, clock, log }: SweepDependencies) {
  const claimPage = async (due: readonly DueDelivery[]): Promise<OutgoingMessage[]> => {
    const claimed = await Promise.all(
      due.map(async (one) => {
        const now = clock();
        const lease = Math.max(now, one.dueAt) + LEASE_MS;
        const delivery = await parked.claim(one, lease);
        if (delivery === null) return [];
        const { subscriptionId, eventId, acceptedAt, scheduledFor } = delivery;
        const delaySeconds = Math.max(0, Math.ceil((scheduledFor - now) / 1000));
        return [
          {
            body: claimText({ subscriptionId, eventId, acceptedAt, lease }),
            groupId: subscriptionId,
            delaySeconds,
          },
        ];
      }),
    );
    return claimed.flat();
  };

  const sweepShard = async (shard: number, until: number, mayGoOn: () => boolean): Promise<number> => {
    let moved = 0;
    while (mayGoOn()) {
      const due = await parked.due(shard, until, PER_PAGE);
      const messages = await claimPage(due);
      const unsent = await retriesQueue.send(messages);
      if (unsent.size > 0)
        log.error('parked deliveries not sent', { shard, unsent: unsent.size, foundAgainInMs: LEASE_MS });
      moved += messages.length - unsent.size;
      if (due.length < PER_PAGE) break;
    }
    return moved;
  };

  /** `mayGoOn` says whether there is time for another page. */
  return async (mayGoOn: () => boolean): Promise<number> => {
    const until = clock() + LOOK_AHEAD_MS;
    const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => sweepShard(shard, until, mayGoOn));
    const moved = (await Promise.all(shards)).reduce((sum, count) => sum + count, 0);
    if (moved > 0) log.info('parked deliveries moved', { moved });
    return moved;
  };
}
