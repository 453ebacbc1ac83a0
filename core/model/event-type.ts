import type { JsonText } from '../kernel/json-text.ts';
import type { Texts } from '../languages/language.ts';

/** A registered event type. Publishing does not require one; it adds samples, a catalogue entry and optionally a schema. */
export interface EventType {
  readonly type: string;
  readonly description: string | null;
  /** The JSON Schema 2020-12 that its events' data must satisfy, as it was written. */
  readonly schema: JsonText | null;
  /** The data of example events, as they were written. */
  readonly samples: readonly JsonText[];
  /** Archived types are no longer offered; their events are still accepted and delivered. */
  readonly archived: boolean;
}

/** An event type of a known system, as a catalogue offers it. */
export interface CatalogueEntry {
  /** With its description in English. */
  readonly eventType: EventType;
  readonly description: Texts;
}

/** The event types of a new project. */
export type Catalogue = readonly EventType[];
