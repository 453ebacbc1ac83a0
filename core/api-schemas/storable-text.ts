import * as z from 'zod';
import { isStorableText } from '../kernel/storable-text.ts';

/** Text that is stored, shown and sent, for the schemas of the API. */
export const storableText = () => z.string().check(isStorableText);
