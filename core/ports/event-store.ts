import type { Erased, Event } from '../model/event.ts';
import type { Page, PageRequest } from './page.ts';

export interface EventStore {
  /**
   * Store an event once. `same-message`: it is there from this queue message, whose first handling may have ended half way,
   * and stays as it was stored then. `duplicate`: another message brought it. `conflict`: the id belongs to an event of
   * another source.
   *
   * @param messageBody the key of the message's body in the bucket of large bodies, which is erased with the event
   */
  putOnce(
    event: Event,
    messageId: string,
    messageBody?: string,
  ): Promise<'stored' | 'same-message' | 'duplicate' | 'conflict'>;
  /**
   * Append stored events that have an event batch to their project's log; the log has the others already. `mayBeThere`: it
   * may have some of these, too, from a handling that ended half way.
   */
  append(events: readonly Event[], mayBeThere: boolean): Promise<void>;
  get(project: string, id: string): Promise<Event | null>;
  /** Replace an event by what stays of it (see `erasedEvent`), so that its id stays taken. Does nothing if there is no event. */
  erase(project: string, id: string, erased: Erased): Promise<void>;
  /** Delete the large bodies that an event had before it was erased. */
  eraseBodies(project: string, id: string): Promise<void>;
  list(project: string, filter: EventFilter, page: PageRequest): Promise<Page<EventSummary>>;
}

interface EventFilter {
  readonly type?: string | undefined;
  /** Patterns of event types, one of which must match. */
  readonly matching?: readonly string[] | undefined;
  /** When they were accepted, ISO 8601 UTC, both inclusive. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** @default 'newest first' */
  readonly order?: 'newest first' | 'oldest first';
}

export type EventSummary = Pick<Event, 'id' | 'type' | 'time' | 'acceptedAt' | 'suppress'>;
