import { type Event, readEventText } from './event.ts';
import { type JsonText, membersOf, objectText, parseJson, toJsonText } from './json-text.ts';

/** One attempt of one event for one subscription that is due: the message on the deliveries and the retries queue. */
export interface Delivery {
  readonly project: string;
  readonly subscriptionId: string;
  /** 1 for the first attempt. */
  readonly number: number;
  readonly trigger: 'event' | 'retry' | 'replay' | 'test';
  readonly event: Event;
}

/** A delivery that waits in the table: longer than SQS can delay a message. */
export interface ParkedDelivery {
  readonly project: string;
  readonly subscriptionId: string;
  readonly eventId: string;
  readonly number: number;
  /** When the event was accepted: pending deliveries are listed and drained in order of age. */
  readonly acceptedAt: string;
  /** When the attempt is due, in milliseconds since the epoch. */
  readonly scheduledFor: number;
}

/**
 * What the sweeper sends: it holds the parked delivery until `lease`, and whoever finds another lease in the table
 * has been overtaken.
 */
export interface ClaimedDelivery {
  readonly subscriptionId: string;
  readonly eventId: string;
  readonly acceptedAt: string;
  /** Milliseconds since the epoch. */
  readonly lease: number;
}

/** With the event's text, which is made once for all of its deliveries. */
export function deliveryText(delivery: Omit<Delivery, 'event'>, event: JsonText): JsonText {
  return `${toJsonText(delivery).slice(0, -1)},${objectText({ event }).slice(1)}` as JsonText;
}

export function claimText(claim: ClaimedDelivery): JsonText {
  return objectText({ claim: toJsonText(claim) });
}

/** Reads a message of the deliveries or the retries queue. */
export function readDeliveryMessage(body: string): Delivery | ClaimedDelivery {
  const { event, claim, ...rest } = Object.fromEntries(membersOf(parseJson(body).text));
  if (claim !== undefined) return JSON.parse(claim) as ClaimedDelivery;
  return { ...JSON.parse(objectText(rest)), event: readEventText(event as JsonText) } as Delivery;
}
