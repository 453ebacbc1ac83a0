import { DOC_EVENTS, type GivenWebhook, METHODS, STRUCTURES } from '../../api-schemas/frappe.ts';

export interface HeaderRow {
  readonly key: string | null;
  readonly value: string | null;
}

export interface DataRow {
  readonly fieldname: string | null;
  readonly key: string | null;
}

/** The settable fields of the DocType `Webhook`. An empty text is null: Frappe does not distinguish them. */
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

/** The defaults of Frappe's `new_doc`. A Select without a default gets its first option. */
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

/** The fields of a document that is saved without them. A new one would have the defaults. */
export const EMPTIED = {
  ...{ webhook_doctype: null, condition: null, request_url: null, background_jobs_queue: null },
  ...{ webhook_secret: null, webhook_json: null, webhook_headers: null, webhook_data: null, timeout: null },
  ...{ enabled: 0, is_dynamic_url: 0, enable_security: 0 },
} as const satisfies GivenWebhook;

/** Return the document with the given fields replaced. */
export function mergeWebhook(current: Webhook, given: GivenWebhook): Webhook {
  const merged = { ...current, ...pick(given) };
  const webhook = Object.fromEntries(
    FIELDS.map((field) => [field, merged[field] ?? WEBHOOK_DEFAULTS[field]]),
  ) as unknown as Webhook;
  const { request_structure, webhook_headers, webhook_data } = webhook;
  return {
    ...webhook,
    // Frappe replaces a timeout of 0 by its default.
    timeout: webhook.timeout === 0 ? WEBHOOK_DEFAULTS.timeout : webhook.timeout,
    // The structure removes one of the two bodies.
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
