import { type Formats, nativeFormats } from '../domain/format.ts';
import type { Catalogue } from '../domain/registered-type.ts';
import { hirehopFormat } from './hirehop/format.ts';
import { weavyCatalogue } from './weavy/catalogue.ts';
import { weavyFormat } from './weavy/format.ts';

/** Every format that a subscription may have. */
export const formats: Formats = { ...nativeFormats, weavy: weavyFormat, hirehop: hirehopFormat };

/** Event types that each new project starts with. */
export const initialCatalogue: Catalogue = weavyCatalogue;
