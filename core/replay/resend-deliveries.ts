import type { ResendRequest } from '../api-schemas/replay.ts';
import { type Fault, UnavailableError, ValidationError } from '../kernel/errors.ts';
import type { CreationSeed } from '../model/creation-seed.ts';
import type { Event } from '../model/event.ts';
import { matches } from '../model/event-pattern.ts';
import type { Subscription } from '../model/subscription.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { DeliveryQueue } from '../ports/message-queue.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';

export interface ResendDeliveriesPorts {
  readonly events: Pick<EventStore, 'get'>;
  readonly subscriptions: Pick<SubscriptionStore, 'get'>;
  readonly retriesQueue: DeliveryQueue;
}

type Wanted = ResendRequest['deliveries'][number];

/** Events may have 1 MB each. */
const READ_AT_ONCE = 10;

/**
 * Make some deliveries again, each once even if it is named twice: all of them or, if one cannot be made, none. Return the replay's id.
 *
 * The same seed makes the same replay, of which no delivery that has succeeded is made again.
 *
 * @throws ValidationError with every delivery that cannot be made
 * @throws UnavailableError if they could not be queued, or not all of them
 */
export async function resendDeliveries(
  ports: ResendDeliveriesPorts,
  project: string,
  { deliveries }: ResendRequest,
  seed: Pick<CreationSeed, 'at' | 'ulid'>,
): Promise<string> {
  const known = await lookUp(ports, project, deliveries);
  const faults = deliveries.flatMap((wanted, index) => faultOf(wanted, index, known) ?? []);
  if (faults.length > 0) throw ValidationError.of(faults);
  const replay = { id: `rpl_${seed.ulid}`, requestedAt: new Date(seed.at).toISOString() };
  const once = new Map(deliveries.map((wanted) => onceOf(wanted, known)));
  const unsent = await ports.retriesQueue.send(
    [...once.values()].map(({ eventId, subscriptionId }) => ({
      message: { kind: 'replay', replayed: { project, subscriptionId, eventId, ...replay } },
      groupId: project,
    })),
  );
  if (unsent.size > 0)
    throw new UnavailableError('The deliveries could not be queued. Send the request again.');
  return replay.id;
}

/** Return a delivery with its key. An event may be named by its `webhook-id`. */
function onceOf({ eventId, subscriptionId }: Wanted, { events }: Known): [string, Wanted] {
  const event = events.get(eventId) as Pick<Event, 'id'>;
  return [`${event.id} ${subscriptionId}`, { eventId: event.id, subscriptionId }];
}

/** Why an event cannot be delivered again, or a subscription gets nothing. */
interface Obstacle {
  readonly obstacle: string;
}

/** What is known of the things that deliveries name: what speaks against them, or what they are. */
interface Known {
  readonly events: ReadonlyMap<string, Obstacle | Pick<Event, 'id' | 'type'>>;
  readonly subscriptions: ReadonlyMap<string, Obstacle | Pick<Subscription, 'events'>>;
}

async function lookUp(
  { events, subscriptions }: ResendDeliveriesPorts,
  project: string,
  deliveries: readonly Wanted[],
): Promise<Known> {
  return {
    events: await eachOnce(deliveries, 'eventId', async (id) => stateOfEvent(await events.get(project, id))),
    subscriptions: await eachOnce(deliveries, 'subscriptionId', async (id) =>
      stateOfSubscription(await subscriptions.get(project, id)),
    ),
  };
}

function stateOfEvent(event: Event | null): Obstacle | Pick<Event, 'id' | 'type'> {
  if (event === null) return { obstacle: 'is not an event of this project' };
  if (event.erased !== undefined) return { obstacle: 'is the id of an event whose data was erased' };
  if (event.suppress) return { obstacle: 'is the id of a suppressed event, which is delivered to nobody' };
  // Not the event itself, which may be large.
  return { id: event.id, type: event.type };
}

function stateOfSubscription(subscription: Subscription | null): Obstacle | Pick<Subscription, 'events'> {
  if (subscription === null) return { obstacle: 'is not a subscription of this project' };
  if (!subscription.enabled) return { obstacle: 'is the id of a disabled subscription' };
  return { events: subscription.events };
}

function faultOf({ eventId, subscriptionId }: Wanted, index: number, known: Known): Fault | null {
  const fault = (name: keyof Wanted, message: string) => ({ path: `deliveries.${index}.${name}`, message });
  const [event, subscription] = [known.events.get(eventId), known.subscriptions.get(subscriptionId)];
  if (event === undefined || subscription === undefined) return null;
  if ('obstacle' in event) return fault('eventId', event.obstacle);
  if ('obstacle' in subscription) return fault('subscriptionId', subscription.obstacle);
  if (matches(subscription.events, event.type)) return null;
  return fault('subscriptionId', `is the id of a subscription that does not match ${event.type}`);
}

/** Look up each name once, some at a time. */
async function eachOnce<Value>(
  deliveries: readonly Wanted[],
  name: keyof Wanted,
  find: (id: string) => Promise<Value>,
): Promise<Map<string, Value>> {
  const ids = [...new Set(deliveries.map((wanted) => wanted[name]))];
  const found = new Map<string, Value>();
  for (let from = 0; from < ids.length; from += READ_AT_ONCE) {
    const some = ids.slice(from, from + READ_AT_ONCE);
    const values = await Promise.all(some.map(find));
    for (const [index, id] of some.entries()) found.set(id, values[index] as Value);
  }
  return found;
}
