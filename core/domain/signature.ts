import { createHmac, randomBytes } from 'node:crypto';
import * as z from 'zod';

/**
 * Standard Webhooks, symmetric signatures:
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */

const PREFIX = 'whsec_';
const SECRET_BYTES = { least: 24, own: 32, most: 64 };

/** `whsec_` and the base64 of 24 to 64 bytes. */
export const secretSchema = z.string().refine((secret) => {
  if (!secret.startsWith(PREFIX)) return false;
  const base64 = secret.slice(PREFIX.length);
  const bytes = keyOf(secret);
  const padded = bytes.toString('base64');
  // Buffer.from skips what is not base64; only a round trip tells.
  if (base64 !== padded && base64 !== padded.replaceAll('=', '')) return false;
  return bytes.length >= SECRET_BYTES.least && bytes.length <= SECRET_BYTES.most;
}, `is not "${PREFIX}" followed by the base64 of ${SECRET_BYTES.least} to ${SECRET_BYTES.most} bytes`);

export function newSecret(entropy: Uint8Array = randomBytes(SECRET_BYTES.own)): string {
  return PREFIX + Buffer.from(entropy).toString('base64');
}

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

const keyOf = (secret: string) => Buffer.from(secret.slice(PREFIX.length), 'base64');
