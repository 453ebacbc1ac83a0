import { ConflictError } from '../domain/errors.ts';
import { revise, type Subscription } from '../domain/subscription.ts';
import type { Clock, Log, ParkedDeliveries, SubscriptionStore } from '../ports.ts';

export interface SubscriptionGoneDependencies {
  readonly subscriptions: Pick<SubscriptionStore, 'get' | 'update' | 'delete'>;
  readonly parked: Pick<ParkedDeliveries, 'cancelAll'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * What an endpoint's 410 means: its subscription is disabled, or removed, and whatever waits for it is cancelled.
 * Answers false if the subscription was changed since it was read and goes on: perhaps its new URL is not gone.
 */
export type SubscriptionGone = (subscription: Subscription) => Promise<boolean>;

export function subscriptionGone({
  subscriptions,
  parked,
  clock,
  log,
}: SubscriptionGoneDependencies): SubscriptionGone {
  return async (subscription) => {
    const { project, id, onGone } = subscription;
    const disabled = { enabled: false, disabledReason: 'gone' } as const;
    try {
      if (onGone === 'remove') await subscriptions.delete(subscription);
      else await subscriptions.update(subscription, revise(subscription, disabled, clock()));
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      const changed = await subscriptions.get(project, id);
      return changed === null || !changed.enabled;
    }
    await parked.cancelAll(id);
    log.warn('subscription gone', { project, subscriptionId: id, onGone });
    return true;
  };
}
