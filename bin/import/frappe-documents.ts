import * as z from 'zod';

/** The fields of a Webhook that are imported, with Frappe's defaults; its exports also contain internal fields. */
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

/** The child tables of a Webhook, with the columns that are imported. */
const TABLES = { webhook_headers: ['key', 'value'], webhook_data: ['fieldname', 'key'] } as const;
const TABLE_NAMES = Object.keys(TABLES) as (keyof typeof TABLES)[];

type Document = Readonly<Record<string, unknown>>;

/** A Webhook in the form in which it is sent to the API: its name and the fields that it has. */
export type Webhook = Document & { readonly name: string };

/** An entry of a file. */
export interface Entry {
  readonly what: string;
  readonly webhook?: Webhook;
  /** Why the entry is not imported. */
  readonly skipped?: string;
  readonly fault?: string;
}

const isDocument = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Return the entries of a file: one document or several, bare or wrapped by Frappe in `{"data": …}`, `{"message": …}` of
 * `frappe.client.get` and `get_list`, or `{"docs": […]}`.
 */
export function entriesOf(exported: unknown): Entry[] {
  const wrapped = isDocument(exported) ? (exported.docs ?? wrappedIn(exported) ?? exported) : exported;
  return [wrapped].flat().map(entryOf);
}

/** Return what a wrapper contains; a document with a doctype may itself have these fields. */
const wrappedIn = ({ doctype, data, message }: Document): unknown =>
  doctype === undefined ? (data ?? message) : undefined;

function entryOf(value: unknown): Entry {
  if (!isDocument(value)) return { what: '', fault: 'is not a document' };
  const what = typeof value.name === 'string' ? value.name : '';
  // The rows of a list of Webhooks have no doctype.
  const isWebhook =
    value.doctype === 'Webhook' || (value.doctype === undefined && 'webhook_doctype' in value);
  if (!isWebhook)
    return {
      what,
      skipped: `is not a Webhook but a ${String(value.doctype ?? 'document without a doctype')}`,
    };
  if (what === '') return { what, fault: 'has no name, which a second import needs to recognise it' };
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

/**
 * Add the secret, which Frappe exports as asterisks, to a Webhook. Return null if the Webhook signs its requests but
 * its secret is unknown.
 */
export function withSecret(
  { webhook_secret: exported, ...webhook }: Webhook,
  secrets: Readonly<Record<string, string>>,
): Webhook | null {
  const known = Object.hasOwn(secrets, webhook.name) ? secrets[webhook.name] : exported;
  if (typeof known === 'string' && known !== '' && !isMasked(known))
    return { ...webhook, webhook_secret: known };
  return isTrue(webhook.enable_security) ? null : webhook;
}

/** Whether the file has no child tables for a Webhook: Frappe's lists leave them out. */
export const lacksTables = (webhook: Webhook): boolean =>
  TABLE_NAMES.every((table) => webhook[table] === undefined) && !webhook.webhook_json;

/** Return the fields in which an existing Webhook differs from the imported one. Secrets are not compared. */
export function differences(wanted: Webhook, found: Document): string[] {
  const fields = FIELDS.filter(
    (field) =>
      field in found &&
      normalised(wanted[field], DEFAULTS[field]) !== normalised(found[field], DEFAULTS[field]),
  );
  return [
    ...fields,
    ...TABLE_NAMES.filter((table) => !sameRows(rowsOf(table, wanted), rowsOf(table, found))),
  ];
}

/** Apply Frappe's default to an empty value, and write booleans as 0 or 1 as Frappe does. */
const normalised = (value: unknown, ifEmpty: unknown) =>
  String(
    value === undefined || value === null || value === ''
      ? ifEmpty
      : typeof value === 'boolean'
        ? Number(value)
        : value,
  );

function sameRows(wanted: readonly Document[], found: readonly Document[]): boolean {
  // Ignore incomplete rows: they have no effect, and the API may have dropped them.
  const complete = (rows: readonly Document[]) =>
    rows.filter((row) => Object.values(row).every((value) => value !== ''));
  const [left, right] = [complete(wanted), complete(found)];
  return left.length === right.length && left.every((row, at) => sameRow(row, right[at] ?? {}));
}

const sameRow = (wanted: Document, found: Document) =>
  Object.entries(wanted).every(([column, value]) => value === found[column] || isMasked(found[column]));
