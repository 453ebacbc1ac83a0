import type { EventType } from '../model/event-type.ts';
import type { Page, PageRequest } from './page.ts';

export interface EventTypeStore {
  get(project: string, type: string): Promise<EventType | null>;
  /** Create or replace an event type. */
  put(project: string, eventType: EventType): Promise<void>;
  /** Create an event type. Return false, and change nothing, if it exists. */
  add(project: string, eventType: EventType): Promise<boolean>;
  /** List event types by name. */
  list(project: string, page: PageRequest, filter?: EventTypeFilter): Promise<Page<EventType>>;
  /** Delete an event type. Succeeds even if there is none. */
  delete(project: string, type: string): Promise<void>;
  /** Return the types that have a schema, each with a version that changes with the schema. */
  schemaVersions(project: string): Promise<ReadonlyMap<string, string>>;
}

interface EventTypeFilter {
  readonly archived?: boolean | undefined;
}
