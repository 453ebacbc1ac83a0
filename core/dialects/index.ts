import type { Catalogue } from '../model/event-type.ts';
import { weavyCatalogue } from './weavy/catalogue.ts';

/** Event types that each new project starts with. */
export const initialCatalogue: Catalogue = weavyCatalogue;
