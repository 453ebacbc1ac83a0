import type { Delivery } from './delivery.ts';
import type { Claim } from './due-work.ts';
import { readEventText } from './event.ts';
import { type JsonText, membersOf, objectText, toJsonText } from './json-text.ts';

/** A delivery that is to be made again: by reference, since a replay may be of very many events. */
export interface ReplayedDelivery {
  readonly project: string;
  readonly subscriptionId: string;
  readonly eventId: string;
  /** Of the replay. */
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly requestedAt: string;
}

/** What the deliveries and the retries queue carry. */
export type DeliveryMessage =
  | { readonly kind: 'delivery'; readonly delivery: Delivery }
  | { readonly kind: 'claim'; readonly claim: Claim }
  | { readonly kind: 'replay'; readonly replayed: ReplayedDelivery };

/** With the event's text, which is made once for all of its deliveries. */
export function deliveryText(delivery: Omit<Delivery, 'event'>, event: JsonText): JsonText {
  return `${toJsonText(delivery).slice(0, -1)},${objectText({ event }).slice(1)}` as JsonText;
}

export function claimText(claim: Claim): JsonText {
  return objectText({ claim: toJsonText(claim) });
}

export function replayText(replayed: ReplayedDelivery): JsonText {
  return objectText({ replayed: toJsonText(replayed) });
}

/**
 * The body is not parsed as a whole, which for a large event takes longer than sending it: what our own functions wrote
 * is valid and has no white space between its tokens.
 *
 * @throws InvalidJsonError if it cannot be what they wrote
 */
export function readDeliveryMessage(body: string): DeliveryMessage {
  const { event, claim, replayed, ...rest } = Object.fromEntries(membersOf(body as JsonText));
  if (claim !== undefined) return { kind: 'claim', claim: JSON.parse(claim) };
  if (replayed !== undefined) return { kind: 'replay', replayed: JSON.parse(replayed) };
  const delivery = { ...JSON.parse(objectText(rest)), event: readEventText(event as JsonText) };
  return { kind: 'delivery', delivery: delivery as Delivery };
}
