import type { ClaimedDelivery, ParkedDelivery } from '../../../core/domain/delivery.ts';
import { DUE_SHARDS, type ParkedDeliveries } from '../../../core/ports.ts';
import { newestFirst, pageOf } from './page-of.ts';

type Identity = Pick<ParkedDelivery, 'subscriptionId' | 'acceptedAt' | 'eventId'>;

export function inMemoryParkedDeliveries(): ParkedDeliveries {
  const all = new Map<string, { delivery: ParkedDelivery; dueAt: number; shard: number }>();
  const keyOf = ({ subscriptionId, acceptedAt, eventId }: Identity) =>
    [subscriptionId, acceptedAt, eventId].join('#');
  const held = (claim: ClaimedDelivery) => {
    const entry = all.get(keyOf(claim));
    return entry?.dueAt === claim.lease ? entry : undefined;
  };
  let parkings = 0;
  return {
    async park(delivery) {
      const key = keyOf(delivery);
      const shard = all.get(key)?.shard ?? parkings++ % DUE_SHARDS;
      all.set(key, { delivery, dueAt: delivery.scheduledFor, shard });
    },
    async due(shard, until, limit) {
      const due = [...all].filter(([, entry]) => entry.shard === shard && entry.dueAt <= until);
      return due
        .sort(([, a], [, b]) => a.dueAt - b.dueAt)
        .slice(0, limit)
        .map(([key, { dueAt }]) => ({ key, dueAt }));
    },
    async claim({ key, dueAt }, lease) {
      const entry = all.get(key);
      if (entry?.dueAt !== dueAt) return null;
      entry.dueAt = lease;
      return entry.delivery;
    },
    claimed: async (claim) => held(claim)?.delivery ?? null,
    async complete(claim) {
      if (held(claim)) all.delete(keyOf(claim));
    },
    async ofSubscription(subscriptionId, page) {
      const mine = [...all.values()]
        .map(({ delivery }) => delivery)
        .filter((delivery) => delivery.subscriptionId === subscriptionId);
      return pageOf(newestFirst(mine, keyOf), keyOf, page);
    },
  };
}
