import * as z from 'zod';

/** The fields of a Webhook that an import takes over; what else Frappe exports is its own bookkeeping. */
const DEFAULTS = {
  webhook_doctype: '',
  webhook_docevent: '',
  enabled: 1,
  condition: '',
  request_url: '',
  is_dynamic_url: 0,
  request_method: 'POST',
  request_structure: '',
  timeout: 5,
  background_jobs_queue: '',
  enable_security: 0,
  webhook_json: '',
} as const;
const FIELDS = Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[];

/** Its tables, with the columns that say something. */
const TABLES = { webhook_headers: ['key', 'value'], webhook_data: ['fieldname', 'key'] } as const;
const TABLE_NAMES = Object.keys(TABLES) as (keyof typeof TABLES)[];

type Document = Readonly<Record<string, unknown>>;

/** A Webhook as it is sent: its name and the fields that it has. */
export type Webhook = Document & { readonly name: string };

/** What stands in a file, in its order. */
export interface Entry {
  readonly what: string;
  readonly webhook?: Webhook;
  /** Why nothing is to be imported of it. */
  readonly skipped?: string;
  readonly fault?: string;
}

const isDocument = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One document, several, or what Frappe wraps around them: `{"data": …}` of its API, `{"docs": […]}`. */
export function entriesOf(exported: unknown): Entry[] {
  const wrapped = isDocument(exported)
    ? (exported.docs ?? (isBare(exported) ? exported.data : exported))
    : exported;
  return [wrapped].flat().map(entryOf);
}

/** Whether it is nothing but a wrapping: a document of the DocType "Webhook" may have any field. */
const isBare = (value: Document) => value.data !== undefined && value.doctype === undefined;

function entryOf(value: unknown): Entry {
  if (!isDocument(value)) return { what: '', fault: 'is no document' };
  const what = typeof value.name === 'string' ? value.name : '';
  // The rows of a list of Webhooks do not say what they are.
  const isWebhook =
    value.doctype === 'Webhook' || (value.doctype === undefined && 'webhook_doctype' in value);
  if (!isWebhook)
    return { what, skipped: `is no Webhook but a ${String(value.doctype ?? 'document without a doctype')}` };
  if (what === '') return { what, fault: 'has no name, by which it would be known again' };
  return { what, webhook: webhookOf(what, value) };
}

function webhookOf(name: string, document: Document): Webhook {
  const fields = [...FIELDS, 'webhook_secret'].filter(
    (field) => document[field] !== undefined && document[field] !== null,
  );
  return {
    name,
    ...Object.fromEntries(fields.map((field) => [field, document[field]])),
    ...Object.fromEntries(
      TABLE_NAMES.filter((table) => Array.isArray(document[table])).map((table) => [
        table,
        rowsOf(table, document),
      ]),
    ),
  };
}

function rowsOf(table: keyof typeof TABLES, document: Document): Document[] {
  const rows = Array.isArray(document[table]) ? document[table].filter(isDocument) : [];
  return rows.map((row) => Object.fromEntries(TABLES[table].map((column) => [column, row[column] ?? ''])));
}

const isMasked = (value: unknown) => typeof value === 'string' && /^\*+$/.test(value);
const isTrue = (value: unknown) => value === true || Number(value) === 1;

export const secretsSchema = z.record(z.string(), z.string().min(1));

/** A Webhook with its secret, which Frappe exports as stars. Null if it signs, and nobody knows with what. */
export function withSecret(
  { webhook_secret: exported, ...webhook }: Webhook,
  secrets: Readonly<Record<string, string>>,
): Webhook | null {
  const known = Object.hasOwn(secrets, webhook.name) ? secrets[webhook.name] : exported;
  if (typeof known === 'string' && known !== '' && !isMasked(known))
    return { ...webhook, webhook_secret: known };
  return isTrue(webhook.enable_security) ? null : webhook;
}

/** Whether a file of several has the tables of none: Frappe's lists leave them out. */
export const lacksTables = (webhook: Webhook): boolean =>
  TABLE_NAMES.every((table) => webhook[table] === undefined) && !webhook.webhook_json;

/** The fields in which the Webhook that is there differs from one that is to be imported; secrets are never shown. */
export function differences(wanted: Webhook, found: Document): string[] {
  const fields = FIELDS.filter(
    (field) =>
      field in found && plain(wanted[field], DEFAULTS[field]) !== plain(found[field], DEFAULTS[field]),
  );
  return [
    ...fields,
    ...TABLE_NAMES.filter((table) => !sameRows(rowsOf(table, wanted), rowsOf(table, found))),
  ];
}

/** As Frappe would have it where nothing is said; its checks are 0 or 1. */
const plain = (value: unknown, ifNone: unknown) =>
  String(
    value === undefined || value === null || value === ''
      ? ifNone
      : typeof value === 'boolean'
        ? Number(value)
        : value,
  );

function sameRows(wanted: readonly Document[], found: readonly Document[]): boolean {
  // Rows that lack something are never sent, so they may have been dropped.
  const whole = (rows: readonly Document[]) =>
    rows.filter((row) => Object.values(row).every((value) => value !== ''));
  const [left, right] = [whole(wanted), whole(found)];
  return left.length === right.length && left.every((row, at) => sameRow(row, right[at] ?? {}));
}

const sameRow = (wanted: Document, found: Document) =>
  Object.entries(wanted).every(([column, value]) => value === found[column] || isMasked(found[column]));
