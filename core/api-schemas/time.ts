import * as z from 'zod';
import { isBeforeYear10000 } from '../kernel/time.ts';

/** An ISO 8601 time with a zone, converted to UTC with milliseconds. It aborts on a fault: a range check would only repeat it. */
export const timeSchema = z
  .string()
  .toUpperCase()
  .check(z.iso.datetime({ offset: true, abort: true }))
  .refine(isBeforeYear10000, { error: 'is beyond the year 9999', abort: true })
  .transform((time) => new Date(time).toISOString());

/** Return whether a range does not end before it starts. Either end may be missing. */
export const isRange = ({ since, until }: { since?: string | undefined; until?: string | undefined }) =>
  since === undefined || until === undefined || since <= until;

export const NO_RANGE = { path: ['until'], error: 'is before since' };
