import type { JsonText } from '../kernel/json-text.ts';

/** A registered event type. Publishing needs none; it brings samples, a place in the catalogue and maybe a schema. */
export interface EventType {
  readonly type: string;
  readonly description: string | null;
  /** JSON Schema 2020-12 that the data of its events must fit, as it was given. */
  readonly schema: JsonText | null;
  /** Data of example events, in the order and with the literals that they were given. */
  readonly samples: readonly JsonText[];
  /** No longer offered; its events are taken and delivered as before. */
  readonly archived: boolean;
}

/** Event types that a new project starts with. */
export type Catalogue = readonly EventType[];
