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

const idSchema = () => storableText().min(1).max(256);

/** The most deliveries of one request to make them again. */
export const MOST_RESENT = 100;

/** The body of a request to make some deliveries again. */
export const resendSchema = z.strictObject({
  deliveries: z
    .array(z.strictObject({ eventId: idSchema(), subscriptionId: idSchema() }))
    .min(1)
    .max(MOST_RESENT),
});

export type ResendRequest = z.output<typeof resendSchema>;
