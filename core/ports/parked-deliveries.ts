import type { ParkedDelivery } from '../model/delivery.ts';
import type { Page, PageRequest } from './page.ts';

export interface ParkedDeliveries {
  /** Park a delivery, replacing it and voiding any claim if it is parked already. Held and other deliveries are separate. */
  park(delivery: ParkedDelivery): Promise<void>;
  /** List a subscription's held deliveries, the oldest event first. */
  held(subscriptionId: string, limit: number): Promise<readonly ParkedDelivery[]>;
  /** Remove a held delivery, unless it was held anew since it was read. */
  release(delivery: ParkedDelivery): Promise<void>;
  /** Return whether a delivery is parked, held or not. */
  waits(delivery: Pick<ParkedDelivery, 'subscriptionId' | 'acceptedAt' | 'eventId'>): Promise<boolean>;
  /** List a subscription's parked deliveries, the newest event first. */
  ofSubscription(
    subscriptionId: string,
    page: PageRequest,
    filter?: ParkedFilter,
  ): Promise<Page<ParkedDelivery>>;
}

interface ParkedFilter {
  /** Only deliveries whose event was accepted, or whose replay was requested, after this time. ISO 8601 UTC. */
  readonly requestedAfter?: string | null;
}
