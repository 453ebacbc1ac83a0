import type { Attempt } from '../model/attempt.ts';
import type { Erased, Event } from '../model/event.ts';
import { patternsOf } from '../model/event-pattern.ts';
import { isStillWanted, type Subscription } from '../model/subscription.ts';
import type { AttemptLog } from '../ports/attempt-log.ts';
import type { BindingStore } from '../ports/binding-store.ts';
import type { Mailbox } from '../ports/mailbox.ts';
import type { Page } from '../ports/page.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';

export interface DeliveryState {
  readonly subscriptionId: string;
  /** `pending`: another attempt is due at `nextAttemptAt`. `cancelled`: it will not be made. `erased`: nor is the data there any more. */
  readonly state: 'delivered' | 'pending' | 'failed' | 'cancelled' | 'erased';
  readonly attempts: number;
  readonly nextAttemptAt: string | null;
}

export interface DeliveryStatesPorts {
  readonly attemptLog: Pick<AttemptLog, 'ofEvent'>;
  readonly subscriptions: Pick<SubscriptionStore, 'get'>;
  readonly bindings: BindingStore;
  readonly mailbox: Pick<Mailbox, 'hasFirst'>;
}

/** Pages of attempts: enough for the deliveries to a thousand subscriptions. */
const MAX_PAGES = 20;
/** Subscriptions of a pattern that are searched for waiting deliveries without an attempt. */
const MAX_BOUND = 100;

/** Return how far each delivery of an event is: the outcome of its last attempt, and whether another one follows. */
export async function deliveryStates(ports: DeliveryStatesPorts, event: Event): Promise<DeliveryState[]> {
  const attempted = await lastAttempts(ports, event);
  const [current, waiting] = await Promise.all([
    Promise.all(
      [...attempted.values()].map(async (attempt) =>
        stateByAttempt(
          event,
          attempt,
          mayGoOn(attempt) ? await ports.subscriptions.get(event.project, attempt.subscriptionId) : null,
        ),
      ),
    ),
    waitingUnattempted(ports, event, attempted),
  ]);
  const found = [...current, ...waiting];
  return event.erased === undefined ? found : withErased(found, event.erased);
}

/**
 * Return states as they are after the event was erased: what had not ended has.
 *
 * @param undelivered the subscriptions whose deliveries ended by it
 */
export function withErased(
  found: readonly DeliveryState[],
  { undelivered }: Pick<Erased, 'undelivered'>,
): DeliveryState[] {
  const isErased = ({ subscriptionId, state }: DeliveryState) =>
    state === 'pending' || (state !== 'delivered' && undelivered.includes(subscriptionId));
  const known = new Set(found.map(({ subscriptionId }) => subscriptionId));
  const unknown = undelivered.filter((id) => !known.has(id));
  return [
    ...found.map((each) =>
      isErased(each) ? { ...each, state: 'erased' as const, nextAttemptAt: null } : each,
    ),
    ...unknown.map((subscriptionId) => ({
      ...{ subscriptionId, state: 'erased' as const, attempts: 0, nextAttemptAt: null },
    })),
  ];
}

/** Return the last attempt for each subscription, by its id. */
async function lastAttempts(
  { attemptLog }: DeliveryStatesPorts,
  event: Event,
): Promise<ReadonlyMap<string, Attempt>> {
  const last = new Map<string, Attempt>();
  let cursor: string | null = null;
  let pages = 0;
  do {
    const page: Page<Attempt> = await attemptLog.ofEvent(event.project, event.id, { limit: 100, cursor });
    for (const attempt of page.items) {
      // Newest first, so an attempt that is there already is a later one of the same delivery.
      if (!last.has(attempt.subscriptionId)) last.set(attempt.subscriptionId, attempt);
    }
    cursor = page.cursor;
  } while (cursor !== null && ++pages < MAX_PAGES);
  return last;
}

/** Return whether another attempt may follow a delivery's last one, unless its subscription has changed. */
const mayGoOn = ({ outcome, nextAttemptAt }: Attempt): boolean =>
  outcome === 'failure' && nextAttemptAt !== null;

/** Return the state of a delivery by its last attempt. @param subscription null if it is gone */
export function stateByAttempt(
  event: Pick<Event, 'type' | 'acceptedAt'>,
  { subscriptionId, outcome, number: attempts, nextAttemptAt }: Attempt,
  subscription: Subscription | null,
): DeliveryState {
  if (outcome === 'success') return { subscriptionId, state: 'delivered', attempts, nextAttemptAt };
  if (nextAttemptAt === null) return { subscriptionId, state: 'failed', attempts, nextAttemptAt };
  const goesOn =
    subscription !== null && isStillWanted(subscription, { type: event.type, requestedAt: event.acceptedAt });
  return goesOn
    ? { subscriptionId, state: 'pending', attempts, nextAttemptAt }
    : { subscriptionId, state: 'cancelled', attempts, nextAttemptAt: null };
}

/** Return the state of a delivery that waits for its first attempt. */
export const waitingState = (subscriptionId: string): DeliveryState => ({
  ...{ subscriptionId, state: 'pending', attempts: 0, nextAttemptAt: null },
});

/** Return the deliveries that wait for their first attempt: no attempt shows them. */
async function waitingUnattempted(
  { bindings, mailbox }: DeliveryStatesPorts,
  event: Event,
  attempted: ReadonlyMap<string, unknown>,
): Promise<DeliveryState[]> {
  const pages = await Promise.all(
    patternsOf(event.type).map((pattern) =>
      bindings.page(event.project, pattern, { limit: MAX_BOUND, cursor: null }),
    ),
  );
  const unattempted = pages
    .flatMap(({ items }) => items.map(({ subscriptionId }) => subscriptionId))
    .filter((id) => !attempted.has(id));
  const waits = await Promise.all(
    unattempted.map((subscriptionId) => mailbox.hasFirst(subscriptionId, event)),
  );
  return unattempted.filter((_, index) => waits[index]).map(waitingState);
}
