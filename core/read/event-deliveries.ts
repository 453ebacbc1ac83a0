import type { Attempt } from '../model/attempt.ts';
import type { Event } from '../model/event.ts';
import { patternsOf } from '../model/event-pattern.ts';
import type { Subscription } from '../model/subscription.ts';
import { isNamed } from '../model/subscription-name.ts';
import type { AttemptLog } from '../ports/attempt-log.ts';
import type { BindingStore } from '../ports/binding-store.ts';
import { filteredPage } from '../ports/filtered-page.ts';
import type { Mailbox } from '../ports/mailbox.ts';
import type { Page, PageRequest } from '../ports/page.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';
import { type DeliveryState, stateByAttempt, waitingState, withErased } from './delivery-states.ts';

export interface EventDeliveriesPorts {
  readonly attemptLog: Pick<AttemptLog, 'lastOfEvent'>;
  readonly subscriptions: Pick<SubscriptionStore, 'getAll'>;
  readonly bindings: BindingStore;
  readonly mailbox: Pick<Mailbox, 'haveFirst'>;
}

/** How far an event's delivery to a subscription is. */
export interface EventDelivery {
  readonly state: DeliveryState;
  /** Null if it is gone. */
  readonly subscription: Subscription | null;
  /** Null if no attempt was made. */
  readonly lastAttempt: Attempt | null;
}

export interface EventDeliveryFilter {
  /** See {@link isNamed}. The name of a subscription that is gone is not known. */
  readonly name?: string | undefined;
  readonly state?: DeliveryState['state'] | undefined;
}

/** The subscriptions that are looked at together. A page looks at ten times as many at most. */
const AT_ONCE = 100;

/**
 * List an event's deliveries that were attempted or wait, by the ids of their subscriptions: the oldest subscription first. A cursor is
 * such an id.
 */
export const eventDeliveries = (
  ports: EventDeliveriesPorts,
  event: Event,
  page: PageRequest,
  filter: EventDeliveryFilter,
): Promise<Page<EventDelivery>> =>
  filteredPage(
    page,
    (part) => readSome(ports, event, part, filter),
    ({ state }) => state.subscriptionId,
    AT_ONCE,
  );

/** Return the deliveries to the next subscriptions that pass a filter. */
async function readSome(
  ports: EventDeliveriesPorts,
  event: Event,
  page: PageRequest,
  { name, state }: EventDeliveryFilter,
): Promise<Page<EventDelivery>> {
  const { project, id, type, erased } = event;
  const [attempted, bound] = await Promise.all([
    ports.attemptLog.lastOfEvent(project, id, page),
    Promise.all(patternsOf(type).map((pattern) => ports.bindings.page(project, pattern, page))),
  ]);
  // Each source is complete up to its own cursor.
  const [end = null] = [attempted, ...bound].flatMap(({ cursor }) => cursor ?? []).sort();
  const isInPart = (each: string) => each > (page.cursor ?? '') && (end === null || each <= end);
  const last = new Map(attempted.items.map((attempt) => [attempt.subscriptionId, attempt]));
  const undelivered = erased?.undelivered ?? [];
  const boundIds = bound.flatMap(({ items }) => items.map(({ subscriptionId }) => subscriptionId));
  const ids = [...new Set([...last.keys(), ...boundIds, ...undelivered])].filter(isInPart).sort();
  const subscriptions = await ports.subscriptions.getAll(project, ids);
  const wanted = ids.filter((each) => {
    const subscription = subscriptions.get(each);
    return name === undefined || (subscription !== undefined && isNamed(subscription, name));
  });
  const unattempted = wanted.filter((each) => !last.has(each));
  const waiting = await ports.mailbox.haveFirst(unattempted, event);
  const states = [
    ...wanted.flatMap((each) => {
      const attempt = last.get(each);
      return attempt ? [stateByAttempt(event, attempt, subscriptions.get(each) ?? null)] : [];
    }),
    ...[...waiting].map(waitingState),
  ];
  const isWanted = new Set(wanted);
  const told = erased
    ? withErased(states, { undelivered: undelivered.filter((each) => isWanted.has(each)) })
    : states;
  const found = told
    .filter((each) => each.state === (state ?? each.state))
    .sort((a, b) => (a.subscriptionId < b.subscriptionId ? -1 : 1))
    .map((each) => ({
      state: each,
      subscription: subscriptions.get(each.subscriptionId) ?? null,
      lastAttempt: last.get(each.subscriptionId) ?? null,
    }));
  return { items: found, cursor: end };
}
