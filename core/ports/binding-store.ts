import type { Page, PageRequest } from './page.ts';

export interface Binding {
  readonly subscriptionId: string;
  /** The mark of the subscription's condition, which must be evaluated before anything is sent; null if it has none. */
  readonly condition: string | null;
}

/** The index by which fan-out finds subscriptions: an enabled subscription has a binding for each of its disjoint patterns. */
export interface BindingStore {
  /** List the subscriptions bound to exactly this pattern, ordered by id. Cursors have the same order. */
  page(project: string, pattern: string, page: PageRequest): Promise<Page<Binding>>;
}
