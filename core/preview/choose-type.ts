import { matches } from '../model/event-pattern.ts';
import type { EventType } from '../model/event-type.ts';
import type { Subscription } from '../model/subscription.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { EventTypeStore } from '../ports/event-type-store.ts';

export interface ChooseTypePorts {
  readonly events: Pick<EventStore, 'list'>;
  readonly eventTypes: Pick<EventTypeStore, 'list'>;
}

/** How many events and types are searched for one that matches. */
const MAX_EVENTS = 25;
const MAX_TYPES = 100;

/** Choose a type that the subscription matches: one it names, or a registered one, if possible with a sample. */
export async function chooseSampledType(ports: ChooseTypePorts, subscription: Subscription): Promise<string> {
  const named = namedType(subscription);
  if (named !== undefined) return named;
  const registered = await registeredTypes(ports, subscription);
  const sampled = registered.find(({ samples }) => samples.length > 0) ?? registered[0];
  return sampled?.type ?? madeUpType(subscription);
}

/** Choose a type that the subscription matches: one it names, or the latest event's, or a registered one. */
export async function chooseType(ports: ChooseTypePorts, subscription: Subscription): Promise<string> {
  const named = namedType(subscription);
  if (named !== undefined) return named;
  const { project, events: patterns } = subscription;
  const isMatched = ({ type }: { readonly type: string }) => matches(patterns, type);
  const latest = await ports.events.list(project, {}, { limit: MAX_EVENTS, cursor: null });
  const published = latest.items.find(isMatched);
  if (published !== undefined) return published.type;
  const [registered] = await registeredTypes(ports, subscription);
  return registered?.type ?? madeUpType(subscription);
}

/** The first page of the registered types that a subscription matches. */
async function registeredTypes(
  { eventTypes }: Pick<ChooseTypePorts, 'eventTypes'>,
  { project, events: patterns }: Subscription,
): Promise<readonly EventType[]> {
  const page = { limit: MAX_TYPES, cursor: null };
  const { items } = await eventTypes.list(project, page, { archived: false });
  return items.filter(({ type }) => matches(patterns, type));
}

const namedType = ({ events: patterns }: Subscription): string | undefined =>
  patterns.find((pattern) => !pattern.endsWith('*'));
const madeUpType = ({ events: patterns }: Subscription): string => (patterns[0] ?? '*').replace('*', 'test');
