import type { Clock } from '../kernel/clock.ts';
import { ConflictError } from '../kernel/errors.ts';
import { subscriptionDisabled } from '../model/operational-event.ts';
import { disabled, revise, type Subscription } from '../model/subscription.ts';
import type { Log } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';
import type { PublishOwn } from '../publish/operational-events.ts';

export interface DisableSubscriptionDependencies {
  /** Not remembered ones: what is ended is what is there now. */
  readonly subscriptions: Pick<SubscriptionStore, 'get' | 'update' | 'delete'>;
  readonly publishOwn: PublishOwn;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * Ends a subscription that its endpoint has ended: `gone` by a 410, `failing` by five days of failures. It is disabled,
 * or removed where a 410 means that, and the project is told; whatever waits for it ends when it falls due. `since` is
 * when its first failure was.
 *
 * Answers false if the subscription was changed since it was read and goes on: perhaps its new URL is well.
 */
export type DisableSubscription = (
  subscription: Subscription,
  reason: 'gone' | 'failing',
  since: string,
) => Promise<boolean>;

export function disableSubscription(dependencies: DisableSubscriptionDependencies): DisableSubscription {
  const { subscriptions, publishOwn, clock, log, metrics } = dependencies;
  return async (subscription, reason, since) => {
    const { project, id, version } = subscription;
    const current = await subscriptions.get(project, id);
    if (current === null || !current.enabled) return true;
    if (current.version !== version) return false;
    // Told first, under an id that a repetition shares: once it is disabled, nobody comes by here again to tell.
    const told = await publishOwn(project, subscriptionDisabled(id, version, reason, since));
    if (!told) throw new Error('That a subscription is disabled could not be told.');
    const remove = reason === 'gone' && subscription.onGone === 'remove';
    try {
      if (remove) await subscriptions.delete(subscription);
      else await subscriptions.update(subscription, revise(subscription, disabled(reason, clock()), clock()));
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      return (await subscriptions.get(project, id))?.enabled !== true;
    }
    log.warn('subscription ended', {
      project,
      subscriptionId: id,
      reason,
      follows: remove ? 'removed' : 'disabled',
    });
    metrics.count('SubscriptionsDisabled');
    return true;
  };
}
