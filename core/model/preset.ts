import type { Texts } from '../languages/language.ts';
import type { CatalogueEntry } from './event-type.ts';

/** The event types of a known system, which a project can adopt together. */
export interface Preset {
  readonly name: string;
  readonly description: Texts;
  readonly entries: readonly CatalogueEntry[];
}
