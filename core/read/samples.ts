import type { JsonText } from '../kernel/json-text.ts';
import type { Event } from '../model/event.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { EventTypeStore } from '../ports/event-type-store.ts';

export interface SamplesDependencies {
  readonly events: Pick<EventStore, 'get' | 'list'>;
  readonly eventTypes: Pick<EventTypeStore, 'get'>;
}

const MOST = 3;

/**
 * Data of the latest real events of a type, newest first, at most 3; where there are none, the registered samples.
 * Null if the type is neither registered nor was ever published.
 */
export function samples({ events, eventTypes }: SamplesDependencies) {
  return async (project: string, type: string): Promise<readonly JsonText[] | null> => {
    const real = await latestEvents(events, project, type, MOST);
    if (real.length > 0) return real.map((event) => event.data);
    return (await eventTypes.get(project, type))?.samples ?? null;
  };
}

/** Newest first. One page and no more: for a type that was not published for long its registered samples do. */
export async function latestEvents(
  events: SamplesDependencies['events'],
  project: string,
  type: string,
  most: number,
): Promise<Event[]> {
  const { items } = await events.list(project, { type }, { limit: most, cursor: null });
  const found = await Promise.all(items.map(({ id }) => events.get(project, id)));
  return found.filter((event): event is Event => event !== null);
}
