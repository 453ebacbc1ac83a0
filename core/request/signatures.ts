import { createHmac } from 'node:crypto';

/**
 * Standard Webhooks, symmetric signatures:
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */

export const SECRET_PREFIX = 'whsec_';

/**
 * The three headers. `timestamp` is in whole seconds; with several secrets the signatures are space-delimited, so that
 * a receiver that knows any one of them accepts.
 */
export function standardHeaders(
  secrets: readonly string[],
  id: string,
  timestamp: number,
  body: string,
): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': secrets.map((secret) => sign(secret, id, timestamp, body)).join(' '),
  };
}

function sign(secret: string, id: string, timestamp: number, body: string): string {
  return `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** Frappe's webhooks: of the body alone, with the secret's text as it is (`frappe.integrations.doctype.webhook`). */
export function frappeHeaders(secret: string, body: string): Record<string, string> {
  const hmac = createHmac('sha256', Buffer.from(secret)).update(body);
  return { 'x-frappe-webhook-signature': hmac.digest('base64') };
}

/** The bytes that a Standard Webhooks secret stands for. */
export const keyOf = (secret: string) => Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
