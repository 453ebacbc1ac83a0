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
import type { Delivery, LotPart } from './delivery.ts';
import type { Claim } from './due-work.ts';
import { readEventText } from './event.ts';

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

/** First attempts of events of one lot, in their order, for one subscription. */
export interface LotDeliveries {
  readonly project: string;
  readonly subscriptionId: string;
  readonly lot: LotPart;
  readonly deliveries: readonly Delivery[];
}

/** What the deliveries and the retries queue carry. */
export type DeliveryMessage =
  | { readonly kind: 'delivery'; readonly delivery: Delivery }
  | ({ readonly kind: 'lot' } & LotDeliveries)
  | { readonly kind: 'claim'; readonly claim: Claim }
  | { readonly kind: 'replay'; readonly replayed: ReplayedDelivery };

/** With the event's text, which is made once for all of its deliveries. */
export function deliveryText(delivery: Omit<Delivery, 'event'>, event: JsonText): JsonText {
  return extendedText(delivery, { event });
}

export function lotText(lot: LotHead, events: readonly JsonText[]): JsonText {
  return extendedText(lot, { events: arrayText(events) });
}

/** What a lot's message says once for all of its events; `lot` is the lot's id. */
type LotHead = Pick<LotDeliveries, 'project' | 'subscriptionId'> & { readonly lot: string };

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
  const { event, events, claim, replayed, ...rest } = Object.fromEntries(membersOf(body as JsonText));
  if (claim !== undefined) return { kind: 'claim', claim: JSON.parse(claim) };
  if (replayed !== undefined) return { kind: 'replay', replayed: JSON.parse(replayed) };
  if (events !== undefined) return readLot(JSON.parse(objectText(rest)), elementsOf(events));
  const delivery = { ...JSON.parse(objectText(rest)), event: readEventText(event as JsonText) };
  return { kind: 'delivery', delivery: delivery as Delivery };
}

function readLot({ lot: id, ...of }: LotHead, texts: readonly JsonText[]): DeliveryMessage {
  const events = texts.map(readEventText);
  // The same each time that the message comes, and another for another message of the lot.
  const lot = { id, part: shortHash(...events.map((event) => event.id)) };
  const deliveries = events.map((event): Delivery => ({ ...of, number: 1, trigger: 'event', event, lot }));
  return { kind: 'lot', ...of, lot, deliveries };
}
