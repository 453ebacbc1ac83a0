import type { Trouble, UnhealthyState } from '../model/trouble.ts';
import type { Page, PageRequest } from './page.ts';

export interface UnhealthyEntry extends Trouble {
  readonly subscriptionId: string;
}

/** The subscriptions that are not healthy, by project and state. It changes with them in the same transaction. */
export interface UnhealthyIndex {
  /** List the subscriptions of a project in a state, the newest first. */
  list(project: string, state: UnhealthyState, page: PageRequest): Promise<Page<UnhealthyEntry>>;
}

/** Compares the index with the subscriptions. A version that does not know the index changes only these. */
export interface UnhealthyRepair {
  /**
   * Go on comparing where the last call ended, until a time in milliseconds since the epoch, and put right what differs. Return how
   * many entries were, or null if everything was compared a short time ago.
   */
  repair(until: number): Promise<number | null>;
}
