import type { Catalogue } from '../model/event-type.ts';
import { weavyCatalogue } from './weavy/catalogue.ts';

/** The event types that a new project starts with. */
export const initialCatalogue: Catalogue = weavyCatalogue.map(({ eventType }) => eventType);
