import type { Event } from './event.ts';

/** One attempt of one event for one subscription that is due. */
export interface Delivery {
  readonly project: string;
  readonly subscriptionId: string;
  /** 1 for the first attempt. */
  readonly number: number;
  readonly trigger: 'event' | 'retry' | 'replay' | 'test';
  readonly event: Event;
  readonly replay?: ReplayRun;
  /** Where it came with others of its event's lot: those of them that succeed are recorded together. */
  readonly lot?: LotPart;
}

/** Deliveries of a lot for one subscription that travel in one message. */
export interface LotPart {
  readonly id: string;
  /** Names the part within the lot, for each subscription: of which events it is. */
  readonly part: string;
}

/** What makes a delivery one of a replay. Its attempts are counted on; its schedule starts anew. */
export interface ReplayRun {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly requestedAt: string;
  /** Attempts that had been made before it. */
  readonly after: number;
}

/** A delivery that waits in the table: longer than SQS can delay a message, or for its endpoint to answer again. */
export interface ParkedDelivery {
  readonly project: string;
  readonly subscriptionId: string;
  readonly eventId: string;
  /** Of the attempt that is to be made. */
  readonly number: number;
  /** When the event was accepted: pending deliveries are listed and drained in order of age. */
  readonly acceptedAt: string;
  /** When the attempt is due, in milliseconds since the epoch; of a held one, when it is looked at at the latest. */
  readonly scheduledFor: number;
  /** Held back by the subscription's breaker, whatever its schedule says. */
  readonly held: boolean;
  readonly replay?: ReplayRun;
}
