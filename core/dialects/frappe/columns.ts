/** How a column is compared. */
export type ColumnType = 'text' | 'number' | 'time';

/** A DocType as lists see it: its columns in order, without child tables. */
export interface Table {
  readonly doctype: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
}

/** The values of a document's columns. */
export type Row = Readonly<Record<string, string | number | null>>;

const STANDARD = {
  name: 'text',
  owner: 'text',
  creation: 'time',
  modified: 'time',
  modified_by: 'text',
  docstatus: 'number',
  idx: 'number',
} as const;

export const WEBHOOK = {
  doctype: 'Webhook',
  columns: {
    ...STANDARD,
    webhook_doctype: 'text',
    webhook_docevent: 'text',
    enabled: 'number',
    condition: 'text',
    request_url: 'text',
    is_dynamic_url: 'number',
    request_method: 'text',
    request_structure: 'text',
    timeout: 'number',
    background_jobs_queue: 'text',
    enable_security: 'number',
    webhook_secret: 'text',
    webhook_json: 'text',
  },
} as const satisfies Table;

export const REQUEST_LOG = {
  doctype: 'Webhook Request Log',
  columns: {
    ...STANDARD,
    webhook: 'text',
    reference_doctype: 'text',
    reference_document: 'text',
    user: 'text',
    url: 'text',
    headers: 'text',
    data: 'text',
    response: 'text',
    error: 'text',
  },
} as const satisfies Table;

/** In Frappe 16, a row is a delivery with all of its attempts. */
export const DELIVERY_LOG = {
  doctype: REQUEST_LOG.doctype,
  columns: { ...REQUEST_LOG.columns, status: 'text', attempts: 'number', next_retry: 'time' },
} as const satisfies Table;

/** A row of a table, with the types of its columns. */
export type RowOf<Of extends Table> = {
  readonly [Name in keyof Of['columns']]: Of['columns'][Name] extends 'number' ? number : string | null;
};

/** Format a time (ISO 8601 UTC) as Frappe does: `2026-01-15 12:00:00.123000`. */
export const frappeTime = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 23)}000`;
