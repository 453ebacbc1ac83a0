import type { Attempt } from '../domain/attempt.ts';
import type { Event } from '../domain/event.ts';
import { wants } from '../domain/subscription.ts';
import type { AttemptLog, Page, SubscriptionStore } from '../ports.ts';

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
}

/** Enough for a thousand subscriptions; the attempts themselves are listed page by page. */
const MOST_PAGES = 20;

/** How far an event's deliveries are: what the last attempt of each came to, and whether its subscription still wants it. */
export function deliveryStates({ attempts, subscriptions }: DeliveryStatesDependencies) {
  const asThingsStand = async (event: Event, state: DeliveryState): Promise<DeliveryState> => {
    if (state.state !== 'pending') return state;
    const subscription = await subscriptions.get(event.project, state.subscriptionId);
    const goesOn =
      subscription !== null && wants(subscription, { type: event.type, askedAt: event.acceptedAt });
    return goesOn ? state : { ...state, state: 'cancelled', nextAttemptAt: null };
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
    return Promise.all([...states.values()].map((state) => asThingsStand(event, state)));
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
