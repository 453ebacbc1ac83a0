import * as z from 'zod';
import { storableText } from './storable-text.ts';
import { isRange, NO_RANGE, timeSchema } from './time.ts';

/** The body of a subscription's replay. */
export const replaySchema = z
  .strictObject({
    since: timeSchema,
    until: timeSchema.optional(),
    only: z.enum(['failed', 'all', 'missing']).default('failed'),
  })
  .refine(isRange, NO_RANGE);

export type ReplayRequest = z.output<typeof replaySchema>;

/** The body of an event's replay. */
export const eventReplaySchema = z.strictObject({
  subscriptionId: storableText().min(1).max(256).optional(),
});
