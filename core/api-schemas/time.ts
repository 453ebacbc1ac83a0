import * as z from 'zod';
import { isBeforeYear10000 } from '../kernel/time.ts';

/** An ISO 8601 time with a zone; becomes UTC with milliseconds. One that is none is in no range, either. */
export const timeSchema = z.iso
  .datetime({ offset: true, abort: true })
  .refine(isBeforeYear10000, { error: 'is beyond the year 9999', abort: true })
  .transform((given) => new Date(given).toISOString());

/** For a range's `refine`, whose times may be left out. */
export const isRange = ({ since, until }: { since?: string | undefined; until?: string | undefined }) =>
  since === undefined || until === undefined || since <= until;

export const NO_RANGE = { path: ['until'], error: 'is before since' };
