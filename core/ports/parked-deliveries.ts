import type { ParkedDelivery } from '../model/delivery.ts';
import type { Page, PageRequest } from './page.ts';

export interface ParkedDeliveries {
  /** Parking the same delivery again replaces it and ends any claim; a held one is another than one that is not. */
  park(delivery: ParkedDelivery): Promise<void>;
  /** Those held for a subscription, the oldest event first. */
  held(subscriptionId: string, limit: number): Promise<readonly ParkedDelivery[]>;
  /** Takes a held one out as it was read: not if it has been held anew meanwhile. */
  release(delivery: ParkedDelivery): Promise<void>;
  /** Whether a delivery waits, held or not. */
  waits(delivery: Pick<ParkedDelivery, 'subscriptionId' | 'acceptedAt' | 'eventId'>): Promise<boolean>;
  ofSubscription(
    subscriptionId: string,
    page: PageRequest,
    filter?: ParkedFilter,
  ): Promise<Page<ParkedDelivery>>;
}

interface ParkedFilter {
  /** Just those that were asked for, by an event or a replay, after this time. ISO 8601 UTC; null: all. */
  readonly askedAfter?: string | null;
}
