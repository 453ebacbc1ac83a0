import type { JsonText } from '../kernel/json-text.ts';
import { within } from '../kernel/within.ts';
import type { Event } from '../model/event.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { EventTypeStore } from '../ports/event-type-store.ts';

export interface ListSamplesPorts {
  readonly events: Pick<EventStore, 'get' | 'list'>;
  readonly eventTypes: Pick<EventTypeStore, 'get'>;
}

const MAX_SAMPLES = 3;
/** The length of all samples together, unless the first is longer: Lambda limits a response to 6 MB, and escapes may double it. */
const MAX_LENGTH = 2 * 1024 * 1024;

/**
 * Return the data of the latest 3 published events of a type, newest first, or else its registered samples. Null if the
 * type is not registered and no event of it was published.
 */
export async function listSamples(
  { events, eventTypes }: ListSamplesPorts,
  project: string,
  type: string,
): Promise<readonly JsonText[] | null> {
  const published = await latestEvents(events, project, type, MAX_SAMPLES);
  if (published.length > 0) {
    const [first = []] = within(published, ({ data }) => data.length, MAX_LENGTH);
    return first.map((event) => event.data);
  }
  return (await eventTypes.get(project, type))?.samples ?? null;
}

/**
 * Return the latest events of a type that were not erased, newest first. Reads a single page: an event that is further back is too old to be
 * worth the reads.
 */
export async function latestEvents(
  events: ListSamplesPorts['events'],
  project: string,
  type: string,
  limit: number,
): Promise<Event[]> {
  const { items } = await events.list(project, { type }, { limit, cursor: null });
  const found = await Promise.all(items.map(({ id }) => events.get(project, id)));
  return found.filter((event) => event !== null && event.erased === undefined) as Event[];
}
