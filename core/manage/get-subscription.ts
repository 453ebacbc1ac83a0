import { found } from '../kernel/errors.ts';
import type { Subscription } from '../model/subscription.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';

/** @throws NotFoundError */
export async function getSubscription(
  { subscriptions }: { readonly subscriptions: Pick<SubscriptionStore, 'get'> },
  project: string,
  id: string,
): Promise<Subscription> {
  return found(await subscriptions.get(project, id), 'subscription', id);
}
