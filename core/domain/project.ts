import * as z from 'zod';
import { SCOPES } from './api-key.ts';
import type { JsonText } from './json-text.ts';

/** A tenant. */
export interface Project {
  readonly id: string;
  readonly name: string | null;
  /** HireHop's `export_key`. */
  readonly exportKey: string | null;
  readonly companyId: string | null;
  /** How long events and their attempts are kept. Must outlast the retry schedule. */
  readonly retentionDays: number;
  readonly createdAt: string;
}

export const projectIdSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/,
    'is not 1 to 63 letters, digits, "-" and "_", a letter or digit first',
  );

export const newProjectSchema = z.strictObject({
  id: projectIdSchema,
  name: z.string().max(200).nullable().default(null),
  exportKey: z.string().max(200).nullable().default(null),
  companyId: z.string().max(200).nullable().default(null),
  retentionDays: z.number().int().min(7).max(3650).default(30),
});

export const newKeySchema = z.strictObject({
  name: z.string().min(1).max(200),
  scopes: z.array(z.enum(SCOPES)).min(1),
});

/** A registered event type. Publishing needs none; it brings samples and a place in the catalogue. */
export interface EventType {
  readonly type: string;
  readonly description: string | null;
  /** Data of example events, in the order and with the literals that they were given. */
  readonly samples: readonly JsonText[];
  readonly archived: boolean;
}

/** Event types that a new project starts with. */
export type Catalogue = readonly EventType[];
