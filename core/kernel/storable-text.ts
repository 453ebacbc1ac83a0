import * as z from 'zod/mini';

/** Many systems end a string at a NUL; an unpaired surrogate cannot be encoded in UTF-8. */
const CHARACTER = '[^\\p{Cs}\\u0000]';

/** Text that can be stored, shown and sent everywhere. */
export const STORABLE_TEXT = new RegExp(`^${CHARACTER}*$`, 'u');
export const NOT_STORABLE_TEXT = 'contains a NUL or an unpaired surrogate';

/** The check of storable text for zod/mini, the only zod that queue workers bundle. */
export const isStorableText = z.regex(STORABLE_TEXT, NOT_STORABLE_TEXT);

/**
 * Return whether callers may choose this name for a member of a stored object. The AWS SDK takes `constructor` for the
 * object's class and sets `__proto__` as its prototype.
 */
export const isStorableName = (name: string): boolean => name !== 'constructor' && name !== '__proto__';
export const NOT_STORABLE_NAME = 'is not an allowed name';
