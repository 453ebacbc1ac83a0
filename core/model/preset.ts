import type { Catalogue } from './event-type.ts';

/** The event types of a known system, which a project can adopt together. */
export interface Preset {
  readonly name: string;
  readonly description: string;
  readonly eventTypes: Catalogue;
}
