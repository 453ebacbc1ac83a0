import * as z from 'zod';
import { isRange, NO_RANGE, timeSchema } from './time.ts';

/** Which traffic: a day where nothing is said, at most what is kept. */
export const trafficQuerySchema = z
  .object({ since: timeSchema.optional(), until: timeSchema.optional() })
  .refine(isRange, NO_RANGE);
