import type { Event } from '../model/event.ts';
import type { Page, PageRequest } from './page.ts';

export interface EventStore {
  /**
   * Store an event once. `same-message`: it is there from this queue message, whose first handling may have ended half way,
   * and stays as it was stored then. `duplicate`: another message brought it. `conflict`: the id belongs to an event of
   * another source.
   */
  putOnce(event: Event, messageId: string): Promise<'stored' | 'same-message' | 'duplicate' | 'conflict'>;
  /**
   * Append stored events that have an event batch to their project's log; the log has the others already. `mayBeThere`: it
   * may have some of these, too, from a handling that ended half way.
   */
  append(events: readonly Event[], mayBeThere: boolean): Promise<void>;
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
