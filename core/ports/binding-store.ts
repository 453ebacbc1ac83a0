import type { Page, PageRequest } from './page.ts';

export interface Binding {
  readonly subscriptionId: string;
  /** Mark of the subscription's condition, which must be looked at before anything is sent; null if it has none. */
  readonly condition: string | null;
}

/** Which subscriptions want a type: one binding for each of a subscription's disjoint patterns while it is enabled. */
export interface BindingStore {
  /** Subscriptions bound to exactly this pattern, in order of their ids. */
  page(project: string, pattern: string, page: PageRequest): Promise<Page<Binding>>;
}
