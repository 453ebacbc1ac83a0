import type { Event } from './event.ts';
import type { OrderedPlace } from './event-order.ts';

/** A delivery whose next attempt is due. */
export interface Delivery {
  readonly project: string;
  readonly subscriptionId: string;
  /** 1 for the first attempt. */
  readonly number: number;
  readonly trigger: 'event' | 'retry' | 'replay' | 'test';
  readonly event: Event;
  readonly replay?: ReplayRun;
  /** The fingerprint of the subscription's condition that was found to hold: only another one is evaluated again. */
  readonly conditionHeld?: string;
  /** Set if it came with others of its event batch: the successes among them are recorded together. */
  readonly eventBatch?: EventBatchPart;
  /** Set if it waits in an ordered queue until it has succeeded or ended. */
  readonly ordered?: OrderedPlace;
}

/** The deliveries of an event batch for one subscription that travel in one message. */
export interface EventBatchPart {
  readonly id: string;
  /** Identifies the part within the event batch and the subscription by the events that it has. */
  readonly part: string;
}

/** Makes a delivery part of a replay. Its attempts are numbered on; its retry schedule starts again. */
export interface ReplayRun {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly requestedAt: string;
  /** The number of attempts made before it. */
  readonly after: number;
}

/** A delivery that waits in the table since a version before 0.2: for its schedule, or held by a breaker. */
export interface ParkedDelivery {
  readonly project: string;
  readonly subscriptionId: string;
  readonly eventId: string;
  /** The number of the attempt to be made. */
  readonly number: number;
  /** When the event was accepted: pending deliveries are listed and drained by age. */
  readonly acceptedAt: string;
  /** When the attempt is due, in milliseconds since the epoch; for a held delivery, when it is checked at the latest. */
  readonly scheduledFor: number;
  /** Whether the subscription's breaker holds it, regardless of its schedule. */
  readonly held: boolean;
  readonly replay?: ReplayRun;
}
