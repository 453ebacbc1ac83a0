import { literalOrigin } from '../../model/request-url.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { DataRow, HeaderRow, Webhook } from './webhook.ts';

/** The body of a webhook with neither rows nor a template. */
export const NO_BODY = '{}';

/** Return a webhook's settings in the form of the native API, without the secret. */
export function toSettings(webhook: Webhook) {
  const { webhook_doctype, webhook_docevent, webhook_data, webhook_json } = webhook;
  // In Frappe, rows take precedence over a template.
  const hasRows = webhook_data.length > 0;
  return {
    url: webhook.request_url,
    events: [`${webhook_doctype}.${webhook_docevent}`],
    enabled: webhook.enabled === 1,
    condition: webhook.condition,
    method: webhook.request_method,
    headers: sentHeaders(webhook.webhook_headers),
    format: hasRows ? 'fields' : 'template',
    fields: hasRows ? sentFields(webhook_data) : null,
    fieldsEncoding: 'json',
    template: webhook_json ?? (hasRows ? null : NO_BODY),
    dynamicUrl: webhook.is_dynamic_url === 1,
    // Frappe lets a template render the host.
    dynamicOrigin: webhook.is_dynamic_url === 1 && literalOrigin(webhook.request_url ?? '') === null,
    signature: webhook.enable_security === 1 ? 'frappe' : 'none',
    timeoutSeconds: webhook.timeout,
  };
}

/** Return the headers that are sent: rows with a key and a value, the last one of each name, whose case does not matter. */
export function sentHeaders(rows: readonly HeaderRow[]): Record<string, string> {
  const named = rows.flatMap(({ key, value }) =>
    // Receivers drop white space around a value.
    key && value ? [[key, value.replaceAll(/^[\t ]+|[\t ]+$/g, '')] as const] : [],
  );
  return Object.fromEntries(new Map(named.map((header) => [header[0].toLowerCase(), header])).values());
}

/** Return the fields that are sent. Like in Python's dicts, the last row of a key takes the place of the first. */
export function sentFields(rows: readonly DataRow[]): NonNullable<Subscription['fields']> {
  const byKey = new Map(rows.map(({ key, fieldname }) => [key ?? '', fieldname ?? '']));
  return [...byKey].map(([key, fieldname]) => ({ key, fieldname }));
}

/** The fields of a webhook by the native settings, to name them in errors. */
const FIELD_OF_SETTING: Readonly<Record<string, keyof Webhook>> = {
  url: 'request_url',
  events: 'webhook_doctype',
  condition: 'condition',
  method: 'request_method',
  headers: 'webhook_headers',
  fields: 'webhook_data',
  template: 'webhook_json',
  timeoutSeconds: 'timeout',
  secret: 'webhook_secret',
};

/** Return the field of a webhook that the path of a setting means, such as `events.0`. */
export function fieldOf(path: string): string {
  const [setting = '', ...rest] = path.split('.');
  return [FIELD_OF_SETTING[setting] ?? setting, ...(setting === 'events' ? [] : rest)].join('.');
}
