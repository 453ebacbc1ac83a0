import * as z from 'zod/mini';
import { isStorableText } from '../kernel/storable-text.ts';

export const projectIdSchema = z
  .string()
  .check(
    z.regex(
      /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/,
      'is not 1 to 63 letters, digits, "-" or "_", starting with a letter or digit',
    ),
  );

export const companyIdSchema = z.union([z.string().check(isStorableText, z.maxLength(256)), z.int()], {
  error: 'is not an integer or a string of at most 256 characters',
});
