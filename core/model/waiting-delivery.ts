import type { ReplayRun } from './delivery.ts';
import type { OrderedPlace } from './event-order.ts';

/** A delivery in its subscription's mailbox: it waits for its schedule or for its endpoint. */
export interface WaitingDelivery {
  readonly project: string;
  readonly subscriptionId: string;
  readonly eventId: string;
  /** The number of the attempt to be made. */
  readonly number: number;
  /** When the event was accepted, ISO 8601 UTC. */
  readonly acceptedAt: string;
  /**
   * When the attempt is due, in milliseconds since the epoch. The first attempt is due when its event was accepted, so that
   * it has the same key however often it is put; in an ordered queue, two seconds later.
   */
  readonly dueAt: number;
  /** When its last attempt failed, in milliseconds since the epoch, and whether that was an outage. */
  readonly failedAt?: number;
  readonly outage?: boolean;
  /** The fingerprint of the subscription's condition that was found to hold. */
  readonly conditionHeld?: string;
  /** Set if it is part of a replay. */
  readonly replay?: ReplayRun;
  /** Set if it waits in the queue of an ordering key. It keeps its place there from attempt to attempt. */
  readonly ordered?: OrderedPlace;
}

/** The attributes that identify an entry of a mailbox. */
export type WaitingKey = Pick<WaitingDelivery, 'subscriptionId' | 'eventId' | 'dueAt' | 'replay' | 'ordered'>;

/** Return a name for a delivery, whichever attempt it waits for, that no other delivery of its subscription has. */
export const deliveryName = ({ eventId, replay }: Pick<WaitingDelivery, 'eventId' | 'replay'>): string =>
  `${eventId} ${replay?.id ?? ''}`;
