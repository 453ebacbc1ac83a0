import type { ParkedDelivery } from '../domain/delivery.ts';
import type { AttemptLog, Page, ParkedDeliveries } from '../ports.ts';

export interface CancelPendingDependencies {
  readonly parked: Pick<ParkedDeliveries, 'ofSubscription' | 'cancelAll'>;
  readonly attemptLog: Pick<AttemptLog, 'end'>;
}

export type CancelPending = (subscriptionId: string) => Promise<void>;

/** Cancels whatever waits for a subscription in the table, and records that no attempt follows. */
export function cancelPending({ parked, attemptLog }: CancelPendingDependencies): CancelPending {
  return async (subscriptionId) => {
    let cursor: string | null = null;
    do {
      const page: Page<ParkedDelivery> = await parked.ofSubscription(subscriptionId, { limit: 100, cursor });
      await Promise.all(page.items.map((delivery) => attemptLog.end(delivery)));
      cursor = page.cursor;
    } while (cursor !== null);
    await parked.cancelAll(subscriptionId);
  };
}
