import type { Catalogue } from './event-type.ts';

/** Event types of a system that a project may take over together. */
export interface Preset {
  readonly name: string;
  readonly description: string;
  readonly eventTypes: Catalogue;
}
