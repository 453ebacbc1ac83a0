import { shortHash } from '../kernel/ids.ts';
import {
  arrayText,
  elementsOf,
  extendedText,
  type JsonText,
  membersOf,
  objectText,
  toJsonText,
} from '../kernel/json-text.ts';
import type { Delivery, EventBatchPart } from './delivery.ts';
import type { Claim } from './due-work.ts';
import { type Event, eventText, readEventText } from './event.ts';

/** A message of the deliveries queue or the retries queue. */
export type DeliveryMessage =
  | { readonly kind: 'delivery'; readonly delivery: Delivery }
  | ({ readonly kind: 'event-batch' } & EventBatchDeliveries)
  | { readonly kind: 'claim'; readonly claim: Claim }
  | { readonly kind: 'replay'; readonly replayed: ReplayedDelivery }
  | { readonly kind: 'stored'; readonly stored: StoredFirstAttempt };

/** The first attempts of several events of one event batch, in their order, for one subscription. */
export interface EventBatchDeliveries {
  readonly project: string;
  readonly subscriptionId: string;
  /** The event batch's id. */
  readonly eventBatch: string;
  readonly events: readonly Event[];
  /** The fingerprint of the subscription's condition if it was found to hold for each of them. */
  readonly conditionHeld?: string;
}

/** A delivery to be made again, by reference, since a replay may cover a large number of events. */
export interface ReplayedDelivery {
  readonly project: string;
  readonly subscriptionId: string;
  readonly eventId: string;
  /** The replay's id. */
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly requestedAt: string;
}

/** The first attempt of an event that is too large for the messages of all its deliveries. */
interface StoredFirstAttempt {
  readonly project: string;
  readonly subscriptionId: string;
  readonly eventId: string;
  /** The fingerprint of the subscription's condition if it was found to hold. */
  readonly conditionHeld?: string;
}

/** Serialise a delivery message. On the wire an event batch is a `lot`. */
export function deliveryMessageText(message: DeliveryMessage): JsonText {
  switch (message.kind) {
    case 'delivery': {
      const { project, subscriptionId, number, trigger, replay, conditionHeld, event } = message.delivery;
      const head = { project, subscriptionId, number, trigger, replay, conditionHeld };
      return extendedText(head, { event: eventText(event) });
    }
    case 'event-batch': {
      const { project, subscriptionId, eventBatch: lot, events, conditionHeld } = message;
      return extendedText(
        { project, subscriptionId, lot, conditionHeld },
        { events: arrayText(events.map(eventText)) },
      );
    }
    case 'claim':
      return objectText({ claim: toJsonText(message.claim) });
    case 'replay':
      return objectText({ replayed: toJsonText(message.replayed) });
    case 'stored':
      return objectText({ stored: toJsonText(message.stored) });
  }
}

/**
 * Read a delivery message. The body is not parsed as a whole, which takes longer than sending a large event: our own
 * functions wrote valid JSON without white space between its tokens.
 *
 * @throws InvalidJsonError if our functions cannot have written it
 */
export function readDeliveryMessage(body: string): DeliveryMessage {
  const { event, events, claim, replayed, stored, ...rest } = Object.fromEntries(membersOf(body as JsonText));
  if (claim !== undefined) return { kind: 'claim', claim: JSON.parse(claim) };
  if (replayed !== undefined) return { kind: 'replay', replayed: JSON.parse(replayed) };
  if (stored !== undefined) return { kind: 'stored', stored: JSON.parse(stored) };
  const { lot, ...head } = JSON.parse(objectText(rest));
  if (events !== undefined)
    return { kind: 'event-batch', ...head, eventBatch: lot, events: elementsOf(events).map(readEventText) };
  return { kind: 'delivery', delivery: { ...head, event: readEventText(event as JsonText) } };
}

/** Return the deliveries of an event-batch message. Its part is the same each time that the message is received. */
export function deliveriesOf({
  eventBatch,
  events,
  project,
  subscriptionId,
  conditionHeld,
}: EventBatchDeliveries): {
  readonly part: EventBatchPart;
  readonly deliveries: readonly Delivery[];
} {
  const part = { id: eventBatch, part: shortHash(...events.map(({ id }) => id)) };
  const held = conditionHeld !== undefined && { conditionHeld };
  const head = { project, subscriptionId, number: 1, trigger: 'event', ...held } as const;
  return { part, deliveries: events.map((event) => ({ ...head, event, eventBatch: part })) };
}
