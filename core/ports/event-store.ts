import type { Event } from '../model/event.ts';
import type { Page, PageRequest } from './page.ts';

export interface EventStore {
  /**
   * Stores an event once. `again`: it is there from this same queue message, whose first handling may have ended half
   * way, and stays as it was stored then. `duplicate`: another message has brought it. `conflict`: the id is taken by
   * another source's event.
   */
  putOnce(event: Event, messageId: string): Promise<'stored' | 'again' | 'duplicate' | 'conflict'>;
  /**
   * Puts stored events that have a lot into their project's log; the others are there already. `again`: some of them may
   * be, too, from a handling that ended half way.
   */
  enter(events: readonly Event[], again: boolean): Promise<void>;
  get(project: string, id: string): Promise<Event | null>;
  list(project: string, filter: EventFilter, page: PageRequest): Promise<Page<EventSummary>>;
}

interface EventFilter {
  readonly type?: string | undefined;
  /** When they were accepted, ISO 8601 UTC, both inclusive. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** @default 'newest first' */
  readonly order?: 'newest first' | 'oldest first';
}

export type EventSummary = Pick<Event, 'id' | 'type' | 'time' | 'acceptedAt' | 'suppress'>;
