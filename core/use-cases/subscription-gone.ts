import { ConflictError } from '../domain/errors.ts';
import { revise, type Subscription } from '../domain/subscription.ts';
import type { Clock, Log, ParkedDeliveries, SubscriptionStore } from '../ports.ts';

export interface SubscriptionGoneDependencies {
  readonly subscriptions: Pick<SubscriptionStore, 'update' | 'delete'>;
  readonly parked: Pick<ParkedDeliveries, 'cancelAll'>;
  readonly clock: Clock;
  readonly log: Log;
}

export type SubscriptionGone = (subscription: Subscription) => Promise<void>;

/** What an endpoint's 410 means: its subscription is disabled, or removed, and whatever waits for it is cancelled. */
export function subscriptionGone({
  subscriptions,
  parked,
  clock,
  log,
}: SubscriptionGoneDependencies): SubscriptionGone {
  return async (subscription) => {
    const { project, id, onGone } = subscription;
    try {
      if (onGone === 'remove') await subscriptions.delete(project, id);
      else {
        const disabled = { enabled: false, disabledReason: 'gone' } as const;
        await subscriptions.update(subscription, revise(subscription, disabled, clock()));
      }
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      // It was changed since, perhaps by another 410, perhaps to another URL; the next attempt sees what holds now.
      return;
    }
    await parked.cancelAll(id);
    log.warn('subscription gone', { project, subscriptionId: id, onGone });
  };
}
