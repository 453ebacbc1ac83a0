import * as z from 'zod';
import { isRange, NO_RANGE, timeSchema } from './time.ts';

/** The span of traffic statistics: a day by default, at most the eight days for which they are kept. */
export const trafficQuerySchema = z
  .object({ since: timeSchema.optional(), until: timeSchema.optional() })
  .refine(isRange, NO_RANGE);
