import * as z from 'zod';
import { storableText } from './storable-text.ts';

/** The body of an erasure: what the `actor` of an event must have. */
export const erasureSchema = z.strictObject({
  actor: z
    .strictObject({
      id: z.union([storableText(), z.number()]).optional(),
      email: storableText().optional(),
      name: storableText().optional(),
    })
    .refine((actor) => Object.values(actor).some((value) => value !== undefined), 'needs id, email or name'),
});
