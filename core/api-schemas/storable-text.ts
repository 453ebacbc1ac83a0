import * as z from 'zod';
import { isPlainText } from '../kernel/storable-text.ts';

/** Text that is stored, shown and sent, for the schemas of the API. */
export const plainText = () => z.string().check(isPlainText);
