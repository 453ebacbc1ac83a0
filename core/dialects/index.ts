import type { Catalogue } from '../model/event-type.ts';
import { type Formats, nativeFormats } from '../request/formats.ts';
import { hirehopFormat } from './hirehop/format.ts';
import { weavyCatalogue } from './weavy/catalogue.ts';
import { weavyFormat } from './weavy/format.ts';

/** Every format that a subscription may have. */
export const formats: Formats = { ...nativeFormats, weavy: weavyFormat, hirehop: hirehopFormat };

/** Event types that each new project starts with. */
export const initialCatalogue: Catalogue = weavyCatalogue;
