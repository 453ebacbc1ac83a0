import { DOC_EVENTS, METHODS } from '../../api-schemas/frappe.ts';
import { maskHeaders } from '../../model/header-mask.ts';
import type { Subscription } from '../../model/subscription.ts';
import { keptOf, maskRow } from './kept.ts';
import type { DataRow, HeaderRow, Webhook } from './webhook.ts';
import { NO_BODY, sentFields, sentHeaders } from './webhook-settings.ts';

/**
 * Return the webhook that describes a subscription; null if no webhook can. The subscription's settings take precedence,
 * since the native API may have changed them; the dialect's part completes them. Secret values are masked.
 */
export function webhookOf(subscription: Subscription): Webhook | null {
  const event = docEventOf(subscription);
  const { format, fieldsEncoding, signature, method } = subscription;
  const isBodyKnown = format === 'template' || (format === 'fields' && fieldsEncoding === 'json');
  const isMethodKnown = (METHODS as readonly string[]).includes(method);
  if (event === null || !isBodyKnown || !isMethodKnown || signature === 'standard') return null;
  const kept = keptOf(subscription);
  return {
    webhook_doctype: event.doctype,
    webhook_docevent: event.docevent,
    enabled: subscription.enabled ? 1 : 0,
    condition: subscription.condition,
    request_url: subscription.url,
    is_dynamic_url: subscription.dynamicUrl ? 1 : 0,
    request_method: method,
    request_structure: structureOf(subscription),
    timeout: subscription.timeoutSeconds,
    background_jobs_queue: kept.backgroundJobsQueue,
    enable_security: signature === 'frappe' ? 1 : 0,
    webhook_secret: secretMaskOf(subscription),
    webhook_json: jsonOf(subscription),
    webhook_headers: headerRowsOf(subscription),
    webhook_data: dataRowsOf(subscription),
  };
}

/** Split `Sales Invoice.on_update` into DocType and event; null if the subscription matches anything else. */
function docEventOf({ events }: Subscription): { doctype: string; docevent: string } | null {
  const [type = ''] = events;
  const dot = type.lastIndexOf('.');
  const [doctype, docevent] = [type.slice(0, dot), type.slice(dot + 1)];
  const isKnown = dot > 0 && (DOC_EVENTS as readonly string[]).includes(docevent);
  return events.length === 1 && isKnown ? { doctype, docevent } : null;
}

/** Return the structure that was chosen for the webhook, or "" if its body no longer has it. */
function structureOf(subscription: Subscription): string {
  const { requestStructure } = keptOf(subscription);
  const isOf = { JSON: hasTemplate(subscription), 'Form URL-Encoded': jsonOf(subscription) === null };
  return isOf[requestStructure as keyof typeof isOf] ? requestStructure : '';
}

const hasTemplate = ({ format }: Subscription) => format === 'template';

function jsonOf(subscription: Subscription): string | null {
  const { template } = subscription;
  return template === NO_BODY && !keptOf(subscription).hasJson ? null : template;
}

/** Mask the secret as Frappe masks a Password: with one asterisk per character. */
function secretMaskOf(subscription: Subscription): string | null {
  const { signature, secrets } = subscription;
  const isKnown = keptOf(subscription).hasSecret || signature === 'frappe';
  return isKnown ? '*'.repeat([...(secrets[0]?.secret ?? '')].length) : null;
}

export const isSecretMask = (secret: string | null): boolean => /^\*+$/.test(secret ?? '');

function headerRowsOf(subscription: Subscription): readonly HeaderRow[] {
  const headers = maskHeaders(subscription.headers);
  const rows = keptOf(subscription).headers.map(maskRow);
  if (isSame(sentHeaders(rows), headers)) return rows;
  return Object.entries(headers).map(([key, value]) => ({ key, value }));
}

function dataRowsOf(subscription: Subscription): readonly DataRow[] {
  if (hasTemplate(subscription)) return [];
  const fields = (subscription.fields ?? []).map(({ key, fieldname }) => ({ key, fieldname }));
  const { data } = keptOf(subscription);
  return isSame(sentFields(data), fields) ? data : fields;
}

/** Compare two objects or lists without regard to the order of an object's keys, which the table does not keep. */
const isSame = (a: object, b: object) => JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));

const inOrder = (value: object) =>
  Array.isArray(value) ? value : Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
