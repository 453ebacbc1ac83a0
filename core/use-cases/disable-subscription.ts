import { ConflictError } from '../domain/errors.ts';
import { subscriptionDisabled } from '../domain/own-event.ts';
import { revise, type Subscription } from '../domain/subscription.ts';
import type { Clock, Log, SubscriptionStore } from '../ports.ts';
import type { CancelPending } from './cancel-pending.ts';
import type { PublishOwn } from './publish-own.ts';

export interface DisableSubscriptionDependencies {
  readonly subscriptions: Pick<SubscriptionStore, 'get' | 'update' | 'delete'>;
  readonly cancelPending: CancelPending;
  readonly publishOwn: PublishOwn;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Ends a subscription that its endpoint has ended: `gone` by a 410, `failing` by five days of failures. It is disabled,
 * or removed where a 410 means that, whatever waits for it is cancelled, and the project is told. `since` is when its
 * first failure was.
 *
 * Answers false if the subscription was changed since it was read and goes on: perhaps its new URL is well.
 */
export type DisableSubscription = (
  subscription: Subscription,
  reason: 'gone' | 'failing',
  since: string,
) => Promise<boolean>;

export function disableSubscription(dependencies: DisableSubscriptionDependencies): DisableSubscription {
  const { subscriptions, cancelPending, publishOwn, clock, log } = dependencies;
  return async (subscription, reason, since) => {
    const { project, id } = subscription;
    const remove = reason === 'gone' && subscription.onGone === 'remove';
    const disabled = { enabled: false, disabledReason: reason };
    try {
      if (remove) await subscriptions.delete(subscription);
      else await subscriptions.update(subscription, revise(subscription, disabled, clock()));
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      const changed = await subscriptions.get(project, id);
      return changed === null || !changed.enabled;
    }
    await cancelPending(id);
    log.warn('subscription ended', { project, subscriptionId: id, reason, removed: remove });
    await publishOwn(project, subscriptionDisabled(id, reason, since));
    return true;
  };
}
