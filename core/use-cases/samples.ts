import type { Event } from '../domain/event.ts';
import type { JsonText } from '../domain/json-text.ts';
import type { EventStore, EventSummary, EventTypeStore, Page } from '../ports.ts';

export interface SamplesDependencies {
  readonly events: Pick<EventStore, 'get' | 'list'>;
  readonly eventTypes: Pick<EventTypeStore, 'get'>;
}

const MOST = 3;
/** A type that has not been published for long is not looked for to the end: its registered samples do. */
const MOST_PAGES = 5;

/**
 * Data of the latest real events of a type, newest first, at most 3; where there are none, the registered samples.
 * Null if the type is neither registered nor was ever published.
 */
export function samples({ events, eventTypes }: SamplesDependencies) {
  const latest = async (project: string, type: string): Promise<EventSummary[]> => {
    const found: EventSummary[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < MOST_PAGES && found.length < MOST; page++) {
      const { items, cursor: next }: Page<EventSummary> = await events.list(
        project,
        { type },
        { limit: MOST, cursor },
      );
      found.push(...items);
      cursor = next;
      if (cursor === null) break;
    }
    return found.slice(0, MOST);
  };

  return async (project: string, type: string): Promise<readonly JsonText[] | null> => {
    const recent = await latest(project, type);
    const found = await Promise.all(recent.map(({ id }) => events.get(project, id)));
    const real = found.filter((event): event is Event => event !== null);
    if (real.length > 0) return real.map((event) => event.data);
    return (await eventTypes.get(project, type))?.samples ?? null;
  };
}
