import type { Subscription, SubscriptionState } from '../model/subscription.ts';
import type { Page, PageRequest } from './page.ts';

/** By then no worker has a deleted subscription in its cache, and puts anything more into its mailbox. */
export const ENDS_AFTER_MS = 15_000;

export interface SubscriptionStore {
  /**
   * Store a subscription.
   *
   * @param limit how many subscriptions its project may have; by default any number
   * @throws ConflictError if another one of its project has its alias
   * @throws LimitReachedError if its project has as many as it may have
   * @throws UnavailableError if other subscriptions keep being created or deleted before it
   */
  create(subscription: Subscription, limit?: number): Promise<void>;
  get(project: string, id: string): Promise<Subscription | null>;
  /** Return those of these subscriptions that exist, by id. */
  getAll(project: string, ids: readonly string[]): Promise<ReadonlyMap<string, Subscription>>;
  getByAlias(project: string, alias: string): Promise<Subscription | null>;
  list(project: string, page: PageRequest, filter?: SubscriptionFilter): Promise<Page<Subscription>>;
  /** Replace a subscription. @throws ConflictError if it has changed since it was read, or another one has its new alias */
  update(previous: Subscription, next: Subscription): Promise<void>;
  /**
   * Delete a subscription, and make its pump due {@link ENDS_AFTER_MS} later, which ends what waits and removes the flow item.
   * Succeeds even if it is gone already.
   *
   * @throws ConflictError if it has changed since it was read
   */
  delete(subscription: Subscription): Promise<void>;
  /** Delete a subscription of a deleted project in the same way, without counting. Many can be deleted at the same time. */
  deleteUncounted(subscription: Subscription): Promise<void>;
}

interface SubscriptionFilter {
  /** See `isNamed`. */
  readonly name?: string | undefined;
  /** An event type that one of its patterns matches. */
  readonly event?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly state?: SubscriptionState | undefined;
}

/** Subscriptions as they were at most ten seconds ago. */
export interface SubscriptionCache extends Pick<SubscriptionStore, 'get'> {
  /** Have the next look-up read the subscription again. */
  forget(project: string, id: string): void;
}
