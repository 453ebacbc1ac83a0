import { retryConflicts } from '../kernel/retry-conflicts.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';

export interface RemoveSubscriptionPorts {
  readonly subscriptions: Pick<SubscriptionStore, 'get' | 'delete'>;
}

/** Remove a subscription. Succeeds even if there is none. @throws ConflictError after 30 lost races */
export const removeSubscription = (
  { subscriptions }: RemoveSubscriptionPorts,
  project: string,
  id: string,
): Promise<void> =>
  retryConflicts(async () => {
    const subscription = await subscriptions.get(project, id);
    if (subscription !== null) await subscriptions.delete(subscription);
  });
