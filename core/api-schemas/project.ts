import * as z from 'zod';
import { SCOPES } from '../model/api-key.ts';
import { FRAPPE_VERSIONS } from '../model/project.ts';
import { companyIdSchema, projectIdSchema } from '../model/project-id.ts';
import { storableText } from './storable-text.ts';

/** An address without a path, as `URL.origin` writes it. */
const origin = z
  .string()
  .max(255)
  .regex(/^[Hh][Tt][Tt][Pp][Ss]?:\/\/[^\s/?#@\\]+\/?$/, {
    error: 'is not an address like "https://erp.example.com"',
  })
  .refine(URL.canParse, { error: 'has a host or a port that there cannot be' })
  .transform((text) => new URL(text).origin);

const settable = {
  name: storableText().max(200).nullable(),
  exportKey: storableText().max(200).nullable(),
  companyId: z.nullable(companyIdSchema),
  siteUrl: origin.nullable(),
  retentionDays: z.number().int().min(7).max(3650),
  frappeVersion: z.literal(FRAPPE_VERSIONS),
};

export const newProjectSchema = z.strictObject({
  id: projectIdSchema,
  name: settable.name.default(null),
  exportKey: settable.exportKey.default(null),
  companyId: settable.companyId.default(null),
  siteUrl: origin.optional(),
  retentionDays: settable.retentionDays.optional(),
  frappeVersion: settable.frappeVersion.optional(),
});

export type NewProject = z.output<typeof newProjectSchema>;

/** The body of a PATCH, merged at the top level. */
export const projectPatchSchema = z.strictObject(settable).partial();

export type ProjectPatch = z.output<typeof projectPatchSchema>;

export const newKeySchema = z.strictObject({
  name: storableText().min(1).max(200),
  scopes: z.array(z.enum(SCOPES)).min(1),
});
