import type { EventType } from '../model/event-type.ts';
import type { Page, PageRequest } from './page.ts';

export interface EventTypeStore {
  get(project: string, type: string): Promise<EventType | null>;
  /** Replaces the one of this name, if there is one. */
  put(project: string, eventType: EventType): Promise<void>;
  /** Unless there is one of this name: then it changes nothing, and answers false. */
  add(project: string, eventType: EventType): Promise<boolean>;
  /** In order of their names, not newest first: a type has no age. */
  list(project: string, page: PageRequest, filter?: EventTypeFilter): Promise<Page<EventType>>;
  /** Also when there is none. */
  delete(project: string, type: string): Promise<void>;
  /** The project's types that have a schema, each with a text that changes when its schema does. */
  schemaVersions(project: string): Promise<ReadonlyMap<string, string>>;
}

interface EventTypeFilter {
  readonly archived?: boolean | undefined;
}
