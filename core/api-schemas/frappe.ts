import * as z from 'zod';
import { NOT_STORABLE_TEXT, STORABLE_TEXT } from '../kernel/storable-text.ts';

export const DOC_EVENTS = [
  'after_insert',
  'on_update',
  'on_submit',
  'on_cancel',
  'on_trash',
  'on_update_after_submit',
  'on_change',
  'workflow_transition',
] as const;
export const METHODS = ['POST', 'PUT', 'DELETE'] as const;
export const STRUCTURES = ['', 'Form URL-Encoded', 'JSON'] as const;

/** The query parameters of a list. Any other is ignored. */
export const listQuerySchema = z.object({
  fields: z.string().optional(),
  filters: z.string().optional(),
  or_filters: z.string().optional(),
  order_by: z.string().optional(),
  limit_start: z.string().optional(),
  limit_page_length: z.string().optional(),
  limit: z.string().optional(),
  as_dict: z.string().optional(),
});

export const scalar = z
  .union([z.string(), z.number(), z.boolean(), z.null()], {
    error: 'is not a string, number, boolean or null',
  })
  .refine((value) => typeof value !== 'string' || STORABLE_TEXT.test(value), NOT_STORABLE_TEXT);

/** Frappe's `cint`: anything that is not a number becomes 0. */
function cint(value: string | number | boolean): number {
  const number = Math.trunc(Number(value));
  return Number.isFinite(number) ? number : 0;
}

const text = scalar
  .transform((value) => (value === null || value === '' ? null : String(value)))
  .refine((value) => value === null || STORABLE_TEXT.test(value), NOT_STORABLE_TEXT);
const check = scalar.transform((value) => (value === null ? null : cint(value) === 0 ? 0 : 1)).optional();
const int = scalar.transform((value) => (value === null ? null : cint(value))).optional();
const cell = text.default(null);

/** Rows are stored as sent, even those that no request uses; these limits keep a webhook within one item. */
const MAX_ROWS = { webhook_headers: 50, webhook_data: 100 } as const;
const MAX_CELLS_LENGTH = 16_384;
const MAX_QUEUE_LENGTH = 140;

const cellsLength = (rows: readonly object[]) => rows.flatMap((row) => Object.values(row)).join('').length;
const rows = <Row extends z.ZodType<Readonly<Record<string, string | null>>>>(row: Row, max: number) =>
  z
    .union([
      z
        .array(row, { error: 'is not a list of rows' })
        // Not zod's `max`: a union hides the message of its members.
        .refine((sent) => sent.length <= max, `has more than ${max} rows`)
        .refine((sent) => cellsLength(sent) <= MAX_CELLS_LENGTH, {
          error: `has more than ${MAX_CELLS_LENGTH} characters`,
        }),
      z.null(),
      z.literal(''),
    ])
    .transform((sent) => (sent === '' ? null : sent))
    .optional();

/** A webhook document as callers send it: all fields are optional, and unknown ones are ignored. */
export const webhookSchema = z.looseObject({
  name: text.optional(),
  webhook_doctype: text.optional(),
  webhook_docevent: text.optional(),
  enabled: check,
  condition: text.optional(),
  request_url: text.optional(),
  is_dynamic_url: check,
  request_method: text.optional(),
  request_structure: text.optional(),
  timeout: int,
  background_jobs_queue: text
    .refine((queue) => (queue?.length ?? 0) <= MAX_QUEUE_LENGTH, {
      error: `has more than ${MAX_QUEUE_LENGTH} characters`,
    })
    .optional(),
  enable_security: check,
  webhook_secret: text.optional(),
  webhook_json: text.optional(),
  webhook_headers: rows(
    z.looseObject({ key: cell, value: cell }).transform(({ key, value }) => ({ key, value })),
    MAX_ROWS.webhook_headers,
  ),
  webhook_data: rows(
    z.looseObject({ fieldname: cell, key: cell }).transform(({ fieldname, key }) => ({ fieldname, key })),
    MAX_ROWS.webhook_data,
  ),
});

export type GivenWebhook = z.output<typeof webhookSchema>;
