import type { EventType } from '../model/event-type.ts';
import type { Page, PageRequest } from './page.ts';

export interface EventTypeStore {
  get(project: string, type: string): Promise<EventType | null>;
  /**
   * Create or replace an event type.
   *
   * @param limit how many the project may have. @default any number
   * @throws LimitReachedError if it has as many already, and this is another one
   * @throws UnavailableError if others keep being created or deleted before it
   */
  put(project: string, eventType: EventType, limit?: number): Promise<void>;
  /**
   * Create event types, each unless it exists. Return the names of those that were created.
   *
   * @throws LimitReachedError if there is no room for all of them; some may have been created
   * @throws UnavailableError if others keep being created or deleted before them
   */
  add(project: string, eventTypes: readonly EventType[], limit?: number): Promise<ReadonlySet<string>>;
  /** List event types by name. */
  list(project: string, page: PageRequest, filter?: EventTypeFilter): Promise<Page<EventType>>;
  /** Delete an event type. Succeeds even if there is none. */
  delete(project: string, type: string): Promise<void>;
  /** Delete an event type of a deleted project in the same way, without counting. Many can be deleted at the same time. */
  deleteUncounted(project: string, type: string): Promise<void>;
  /** Return the types that have a schema, each with a version that changes with the schema. */
  schemaVersions(project: string): Promise<ReadonlyMap<string, string>>;
}

interface EventTypeFilter {
  readonly archived?: boolean | undefined;
}
