import * as z from 'zod';
import { NOT_PLAIN_TEXT, PLAIN_TEXT } from '../../kernel/storable-text.ts';

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

export interface HeaderRow {
  readonly key: string | null;
  readonly value: string | null;
}

export interface DataRow {
  readonly fieldname: string | null;
  readonly key: string | null;
}

/** What a caller sets of the DocType `Webhook`. An empty text is null, as nobody can tell them apart. */
export interface Webhook {
  readonly webhook_doctype: string | null;
  readonly webhook_docevent: string;
  readonly enabled: 0 | 1;
  readonly condition: string | null;
  readonly request_url: string | null;
  readonly is_dynamic_url: 0 | 1;
  readonly request_method: string;
  readonly request_structure: string;
  /** Seconds. */
  readonly timeout: number;
  readonly background_jobs_queue: string | null;
  readonly enable_security: 0 | 1;
  readonly webhook_secret: string | null;
  readonly webhook_json: string | null;
  readonly webhook_headers: readonly HeaderRow[];
  readonly webhook_data: readonly DataRow[];
}

/** As Frappe's `new_doc` fills in: of a Select without a default the first option. */
export const WEBHOOK_DEFAULTS: Webhook = {
  webhook_doctype: null,
  webhook_docevent: DOC_EVENTS[0],
  enabled: 1,
  condition: null,
  request_url: null,
  is_dynamic_url: 0,
  request_method: METHODS[0],
  request_structure: STRUCTURES[0],
  timeout: 5,
  background_jobs_queue: null,
  enable_security: 0,
  webhook_secret: null,
  webhook_json: null,
  webhook_headers: [],
  webhook_data: [],
};

const scalar = z
  .union([z.string(), z.number(), z.boolean(), z.null()], { error: 'is not a plain value' })
  .refine((value) => typeof value !== 'string' || PLAIN_TEXT.test(value), NOT_PLAIN_TEXT);

/** Frappe's `cint`: what is no number is 0. */
function cint(value: string | number | boolean): number {
  const number = Math.trunc(Number(value));
  return Number.isFinite(number) ? number : 0;
}

const text = scalar
  .transform((value) => (value === null || value === '' ? null : String(value)))
  .refine((value) => value === null || PLAIN_TEXT.test(value), NOT_PLAIN_TEXT);
const check = scalar.transform((value) => (value === null ? null : cint(value) === 0 ? 0 : 1)).optional();
const int = scalar.transform((value) => (value === null ? null : cint(value))).optional();
const cell = text.default(null);

/** Rows are kept as they are given, also those that are not sent, and all that a webhook has fits into one item. */
const MOST_ROWS = { webhook_headers: 50, webhook_data: 100 } as const;
const MAX_CELLS_LENGTH = 16_384;
const MAX_QUEUE_LENGTH = 140;

const cellsLength = (rows: readonly object[]) => rows.flatMap((row) => Object.values(row)).join('').length;
const rows = <Row extends z.ZodType<Readonly<Record<string, string | null>>>>(row: Row, most: number) =>
  z
    .union([
      z
        .array(row, { error: 'is not a list of rows' })
        // Not `max`, of which a union tells nothing.
        .refine((given) => given.length <= most, `has more than ${most} rows`)
        .refine((given) => cellsLength(given) <= MAX_CELLS_LENGTH, {
          error: `has more than ${MAX_CELLS_LENGTH} characters`,
        }),
      z.null(),
      z.literal(''),
    ])
    .transform((given) => (given === '' ? null : given))
    .optional();

/** A document as callers send it: any part of it, and what else it has is ignored. */
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
    MOST_ROWS.webhook_headers,
  ),
  webhook_data: rows(
    z.looseObject({ fieldname: cell, key: cell }).transform(({ fieldname, key }) => ({ fieldname, key })),
    MOST_ROWS.webhook_data,
  ),
});

export type GivenWebhook = z.output<typeof webhookSchema>;

/** A document with what was given in the place of what it had. */
export function mergeWebhook(current: Webhook, given: GivenWebhook): Webhook {
  const merged = { ...current, ...pick(given) };
  const webhook = Object.fromEntries(
    FIELDS.map((field) => [field, merged[field] ?? WEBHOOK_DEFAULTS[field]]),
  ) as unknown as Webhook;
  const { request_structure, webhook_headers, webhook_data } = webhook;
  return {
    ...webhook,
    // Frappe waits for 5 seconds where it is told to wait for none.
    timeout: webhook.timeout === 0 ? WEBHOOK_DEFAULTS.timeout : webhook.timeout,
    // The structure says which of the two is left.
    webhook_json: request_structure === 'Form URL-Encoded' ? null : webhook.webhook_json,
    webhook_headers: webhook_headers.map(({ key, value }) => ({ key, value })),
    webhook_data:
      request_structure === 'JSON' ? [] : webhook_data.map(({ fieldname, key }) => ({ fieldname, key })),
  };
}

const FIELDS = Object.keys(WEBHOOK_DEFAULTS) as (keyof Webhook)[];

function pick(given: GivenWebhook): Partial<Record<keyof Webhook, unknown>> {
  return Object.fromEntries(
    FIELDS.map((field) => [field, given[field]] as const).filter(([, value]) => value !== undefined),
  );
}
