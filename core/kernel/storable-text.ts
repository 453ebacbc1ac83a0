import * as z from 'zod/mini';

/** A NUL ends a string in many a system behind ours; half of a surrogate pair is no character, and has no UTF-8. */
const CHARACTER = '[^\\p{Cs}\\u0000]';

/** Text that is stored, shown and sent. */
export const STORABLE_TEXT = new RegExp(`^${CHARACTER}*$`, 'u');
export const NOT_STORABLE_TEXT = 'has a NUL, or half of a surrogate pair';

/** For the schemas of what comes by queue, which know zod's small form only. */
export const isStorableText = z.regex(STORABLE_TEXT, NOT_STORABLE_TEXT);

/**
 * Of a name that callers choose in an object of ours. The AWS SDK would take one for the object's class, and set the
 * other as its prototype.
 */
export const isStorableName = (name: string): boolean => name !== 'constructor' && name !== '__proto__';
export const NOT_STORABLE_NAME = 'is a name that is not allowed';
