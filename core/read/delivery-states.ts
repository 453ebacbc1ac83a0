import type { Attempt } from '../model/attempt.ts';
import type { Event } from '../model/event.ts';
import { patternsOf } from '../model/event-pattern.ts';
import { isStillWanted } from '../model/subscription.ts';
import type { AttemptLog } from '../ports/attempt-log.ts';
import type { BindingStore } from '../ports/binding-store.ts';
import type { Page } from '../ports/page.ts';
import type { ParkedDeliveries } from '../ports/parked-deliveries.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';

export interface DeliveryState {
  readonly subscriptionId: string;
  /** `pending`: another attempt is due at `nextAttemptAt`. `cancelled`: it will not be made. */
  readonly state: 'delivered' | 'pending' | 'failed' | 'cancelled';
  readonly attempts: number;
  readonly nextAttemptAt: string | null;
}

export interface DeliveryStatesDependencies {
  readonly attempts: Pick<AttemptLog, 'ofEvent'>;
  readonly subscriptions: Pick<SubscriptionStore, 'get'>;
  readonly bindings: BindingStore;
  readonly parked: Pick<ParkedDeliveries, 'waits'>;
}

/** Enough for a thousand subscriptions; the attempts themselves are listed page by page. */
const MOST_PAGES = 20;
/** Subscriptions of a pattern that are looked at for what a breaker holds before its first attempt. */
const MOST_BOUND = 100;

/** How far an event's deliveries are: what the last attempt of each came to, and whether its subscription still wants it. */
export function deliveryStates({ attempts, subscriptions, bindings, parked }: DeliveryStatesDependencies) {
  const asThingsStand = async (event: Event, state: DeliveryState): Promise<DeliveryState> => {
    if (state.state !== 'pending') return state;
    const subscription = await subscriptions.get(event.project, state.subscriptionId);
    const goesOn =
      subscription !== null &&
      isStillWanted(subscription, { type: event.type, requestedAt: event.acceptedAt });
    return goesOn ? state : { ...state, state: 'cancelled', nextAttemptAt: null };
  };

  /** What a breaker held before its first attempt has none to be found by. */
  const held = async (event: Event, known: ReadonlyMap<string, unknown>): Promise<DeliveryState[]> => {
    const pages = await Promise.all(
      patternsOf(event.type).map((pattern) =>
        bindings.page(event.project, pattern, { limit: MOST_BOUND, cursor: null }),
      ),
    );
    const untried = pages
      .flatMap(({ items }) => items.map(({ subscriptionId }) => subscriptionId))
      .filter((id) => !known.has(id));
    const { acceptedAt, id: eventId } = event;
    const waiting = await Promise.all(
      untried.map((subscriptionId) => parked.waits({ subscriptionId, acceptedAt, eventId })),
    );
    return untried
      .filter((_, index) => waiting[index])
      .map((subscriptionId) => ({ subscriptionId, state: 'pending', attempts: 0, nextAttemptAt: null }));
  };

  return async (event: Event): Promise<DeliveryState[]> => {
    const states = new Map<string, DeliveryState>();
    let cursor: string | null = null;
    let pages = 0;
    do {
      const page: Page<Attempt> = await attempts.ofEvent(event.project, event.id, { limit: 100, cursor });
      for (const attempt of page.items) {
        // Newest first: what is there already is a later attempt of the same delivery.
        if (!states.has(attempt.subscriptionId)) states.set(attempt.subscriptionId, stateAfter(attempt));
      }
      cursor = page.cursor;
    } while (cursor !== null && ++pages < MOST_PAGES);
    const tried = await Promise.all([...states.values()].map((state) => asThingsStand(event, state)));
    return [...tried, ...(await held(event, states))];
  };
}

function stateAfter({ subscriptionId, outcome, number, nextAttemptAt }: Attempt): DeliveryState {
  const unfinished = nextAttemptAt === null ? 'failed' : 'pending';
  return {
    subscriptionId,
    state: outcome === 'success' ? 'delivered' : unfinished,
    attempts: number,
    nextAttemptAt,
  };
}
