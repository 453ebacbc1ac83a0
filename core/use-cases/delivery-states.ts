import type { Attempt } from '../domain/attempt.ts';
import type { Event } from '../domain/event.ts';
import type { AttemptLog, Page } from '../ports.ts';

export interface DeliveryState {
  readonly subscriptionId: string;
  /** `pending`: another attempt is due at `nextAttemptAt`. */
  readonly state: 'delivered' | 'pending' | 'failed';
  readonly attempts: number;
  readonly nextAttemptAt: string | null;
}

/** Enough for a thousand subscriptions; the attempts themselves are listed page by page. */
const MOST_PAGES = 20;

/** How far an event's deliveries are: what the last attempt of each came to. */
export function deliveryStates(log: Pick<AttemptLog, 'ofEvent'>) {
  return async ({ project, id }: Pick<Event, 'project' | 'id'>): Promise<DeliveryState[]> => {
    const states = new Map<string, DeliveryState>();
    let cursor: string | null = null;
    let pages = 0;
    do {
      const page: Page<Attempt> = await log.ofEvent(project, id, { limit: 100, cursor });
      for (const attempt of page.items) {
        // Newest first: what is there already is a later attempt of the same delivery.
        if (!states.has(attempt.subscriptionId)) states.set(attempt.subscriptionId, stateAfter(attempt));
      }
      cursor = page.cursor;
    } while (cursor !== null && ++pages < MOST_PAGES);
    return [...states.values()];
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
