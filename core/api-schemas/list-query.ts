import * as z from 'zod';
import { eventTypeNameSchema } from '../model/event-type-name.ts';
import { storableText } from './storable-text.ts';
import { isRange, NO_RANGE, timeSchema } from './time.ts';

/** The page of a list. `cursor` is the opaque cursor that the previous page returned. */
export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().min(1).optional(),
});

/** A filter on a project's events. `since` and `until` are acceptance times, both inclusive. */
export const eventFilterSchema = z
  .object({
    type: z.optional(eventTypeNameSchema),
    since: timeSchema.optional(),
    until: timeSchema.optional(),
  })
  .refine(isRange, NO_RANGE);

/** A filter on a project's event types. */
export const eventTypeFilterSchema = z.object({
  includeArchived: z.enum(['true', 'false']).default('false'),
});

/** A part of a subscription's name or of its URL's host, or its id. */
const name = storableText().min(1).max(256).optional();

/** A filter on a project's subscriptions. */
export const subscriptionFilterSchema = z.object({
  name,
  event: z.optional(eventTypeNameSchema),
  enabled: z
    .enum(['true', 'false'])
    .transform((enabled) => enabled === 'true')
    .optional(),
  state: z.enum(['healthy', 'failing', 'paused', 'disabled']).optional(),
});

/** A filter on a project's jobs. */
export const jobFilterSchema = z.object({
  kind: z.enum(['replay', 'erasure']).optional(),
  state: z.enum(['running', 'done', 'cancelled']).optional(),
});

const attemptFilter = {
  outcome: z.enum(['success', 'failure']).optional(),
  since: timeSchema.optional(),
  until: timeSchema.optional(),
};

const ofType = { type: z.optional(eventTypeNameSchema) };

/** A filter on a subscription's attempts. `since` and `until` are the times of the attempts, both inclusive. */
export const attemptFilterSchema = z.object({ ...ofType, ...attemptFilter }).refine(isRange, NO_RANGE);

const ofSubscription = { subscription: storableText().min(1).max(256).optional() };

/** A filter on an event's attempts. */
export const eventAttemptFilterSchema = z
  .object({ ...ofSubscription, ...attemptFilter })
  .refine(isRange, NO_RANGE);

/** A filter on a project's attempts. */
export const projectAttemptFilterSchema = z
  .object({ ...ofType, ...ofSubscription, ...attemptFilter })
  .refine(isRange, NO_RANGE);

/** A filter on an event's deliveries. */
export const eventDeliveryFilterSchema = z.object({
  name,
  state: z.enum(['delivered', 'pending', 'failed', 'cancelled', 'erased']).optional(),
});

/** A filter on a subscription's deliveries. Only pending ones can be listed; the rest are attempts. */
export const deliveryFilterSchema = z.object({ state: z.enum(['pending']).optional() });
