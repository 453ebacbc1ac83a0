import * as z from 'zod';
import { SCOPES } from './api-key.ts';
import { plainText } from './plain-text.ts';

/** A tenant. */
export interface Project {
  readonly id: string;
  readonly name: string | null;
  /** HireHop's `export_key`. */
  readonly exportKey: string | null;
  /** HireHop's is a number; it is sent as it was given. */
  readonly companyId: CompanyId | null;
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

export const companyIdSchema = z.union([plainText().max(256), z.int()], {
  error: 'is not a whole number or a text of at most 256 characters',
});

export type CompanyId = z.output<typeof companyIdSchema>;

const settable = {
  name: plainText().max(200).nullable(),
  exportKey: plainText().max(200).nullable(),
  companyId: companyIdSchema.nullable(),
  retentionDays: z.number().int().min(7).max(3650),
};

export const newProjectSchema = z.strictObject({
  id: projectIdSchema,
  name: settable.name.default(null),
  exportKey: settable.exportKey.default(null),
  companyId: settable.companyId.default(null),
  retentionDays: settable.retentionDays.optional(),
});

export type NewProject = z.output<typeof newProjectSchema>;

/** Body of a PATCH: merged at the top level. */
export const projectPatchSchema = z.strictObject(settable).partial();

export type ProjectPatch = z.output<typeof projectPatchSchema>;

export const newKeySchema = z.strictObject({
  name: plainText().min(1).max(200),
  scopes: z.array(z.enum(SCOPES)).min(1),
});
