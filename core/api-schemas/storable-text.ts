import * as z from 'zod';
import { isStorableText } from '../kernel/storable-text.ts';

/** Return a string schema that rejects text which cannot be stored, shown and sent everywhere. */
export const storableText = () => z.string().check(isStorableText);
