import * as z from 'zod';

/** Which page of a list. `cursor`: what the page before answered; callers need not know what it says. */
export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.base64url().max(2048).optional(),
});

/** Which events of a project. */
export const eventFilterSchema = z.object({ type: z.string().optional() });

/** Which event types of a project. */
export const eventTypeFilterSchema = z.object({
  includeArchived: z.enum(['true', 'false']).default('false'),
});
