import type { ParkedDelivery } from '../model/delivery.ts';

/** What breakers of versions before 0.2 hold. */
export interface ParkedDeliveries {
  /** List a subscription's held deliveries, the oldest event first. */
  held(subscriptionId: string, limit: number): Promise<readonly ParkedDelivery[]>;
  /** Remove a held delivery, unless it was held anew since it was read. */
  release(delivery: ParkedDelivery): Promise<void>;
}
