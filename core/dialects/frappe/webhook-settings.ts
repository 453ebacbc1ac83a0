import type { Subscription } from '../../model/subscription.ts';
import type { DataRow, HeaderRow, Webhook } from './webhook.ts';

/** What is sent where a webhook has neither rows nor a template. */
export const NO_BODY = '{}';

/** A webhook's settings as the native API would be given them, but the secret. */
export function toSettings(webhook: Webhook) {
  const { webhook_doctype, webhook_docevent, webhook_data, webhook_json } = webhook;
  // Rows come first, whatever else there is.
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
    signature: webhook.enable_security === 1 ? 'frappe' : 'none',
    timeoutSeconds: webhook.timeout,
  };
}

/** Headers that are sent: without rows that lack a key or a value, of two of one name the last. */
export function sentHeaders(rows: readonly HeaderRow[]): Record<string, string> {
  return Object.fromEntries(rows.flatMap(({ key, value }) => (key && value ? [[key, value]] : [])));
}

/** Of two rows of one key the last counts, at the place of the first, as in Python's dicts. */
export function sentFields(rows: readonly DataRow[]): NonNullable<Subscription['fields']> {
  const byKey = new Map(rows.map(({ key, fieldname }) => [key ?? '', fieldname ?? '']));
  return [...byKey].map(([key, fieldname]) => ({ key, fieldname }));
}

/** Native settings by the names that they have in a webhook, for what is wrong with them. */
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

/** A setting's path, such as `events.0`, as the caller knows the field. */
export function fieldOf(path: string): string {
  const [setting = '', ...rest] = path.split('.');
  return [FIELD_OF_SETTING[setting] ?? setting, ...(setting === 'events' ? [] : rest)].join('.');
}
