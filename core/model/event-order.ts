/** A place in the order of events, in microseconds since the epoch: the milliseconds of a time, and an index below 1000. */
export type EventOrder = number;

/** A call's clock may differ from that of SQS by so much. */
const MOST_MS_APART = 60_000;

/** Return the order of an event that is published with others in one call. */
export const orderInCall = (calledAt: number, index: number): EventOrder => calledAt * 1000 + index;

/**
 * Return the order that a message claims for its event, or undefined if the order is the time when SQS accepted it. What makes
 * no sense is ignored.
 */
export function claimedOrder(claimed: string | undefined, sentAt: number): EventOrder | undefined {
  if (claimed === undefined || !/^\d{16}$/.test(claimed)) return undefined;
  const order = Number(claimed);
  return Math.abs(order / 1000 - sentAt) <= MOST_MS_APART ? order : undefined;
}

/** Return an event's place in the order in which its project's events were published. */
export const orderOf = ({ order, acceptedAt }: Ordered): EventOrder => order ?? Date.parse(acceptedAt) * 1000;

interface Ordered {
  readonly order?: EventOrder;
  /** ISO 8601 UTC. */
  readonly acceptedAt: string;
}

/** A place in the ordered queues of a subscription. */
export interface OrderedPlace {
  /** The ordering key; empty for the events that have none. */
  readonly key: string;
  readonly order: EventOrder;
}

/**
 * An ordered delivery is sent so long after its place in the order of events, in milliseconds: the deliveries of events that
 * were published before it have arrived by then, unless something has delayed them.
 */
const SETTLED_MS = 2000;

export const placeOf = (event: Ordered & { readonly orderingKey?: string }): OrderedPlace => ({
  key: event.orderingKey ?? '',
  order: orderOf(event),
});

/** Return when the first attempt of an ordered delivery is due, in milliseconds since the epoch. */
export const settledAt = ({ order }: OrderedPlace): number => Math.floor(order / 1000) + SETTLED_MS;
