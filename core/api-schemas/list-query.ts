import * as z from 'zod';
import { eventTypeNameSchema } from '../model/event-type-name.ts';
import { isRange, NO_RANGE, timeSchema } from './time.ts';

/** Which page of a list. `cursor`: what the page before answered; callers need not know what it says. */
export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().optional(),
});

/** Which events of a project, by when they were accepted, both inclusive. */
export const eventFilterSchema = z
  .object({
    type: z.optional(eventTypeNameSchema),
    since: timeSchema.optional(),
    until: timeSchema.optional(),
  })
  .refine(isRange, NO_RANGE);

/** Which event types of a project. */
export const eventTypeFilterSchema = z.object({
  includeArchived: z.enum(['true', 'false']).default('false'),
});

/** Which subscriptions of a project. */
export const subscriptionFilterSchema = z.object({
  event: z.optional(eventTypeNameSchema),
  enabled: z
    .enum(['true', 'false'])
    .transform((enabled) => enabled === 'true')
    .optional(),
  health: z.enum(['healthy', 'failing', 'open']).optional(),
});

/** Which attempts of a subscription. */
export const attemptFilterSchema = z.object({ outcome: z.enum(['success', 'failure']).optional() });

/** Which deliveries of a subscription: what is no longer pending is an attempt. */
export const deliveryFilterSchema = z.object({ state: z.enum(['pending']).optional() });
