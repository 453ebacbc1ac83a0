import { HOPS } from './hops.ts';

/**
 * Headers that control a request's destination, framing or connection (RFC 9110, 7.6.1; RFC 9112, 6). Only the sender sets
 * them: a subscription may not name them, and the sender drops them.
 */
const FRAMING =
  /^(host|content-length|transfer-encoding|connection|keep-alive|upgrade|http2-settings|expect|te|trailer|proxy-.*)$/i;

export const isFramingHeader = (name: string): boolean => FRAMING.test(name);

const RESERVED = new RegExp(`^(webhook-.*|user-agent|${HOPS})$`, 'i');

/** Return whether a header is one of Standard Webhooks, the user agent or the hops, which a subscription may not replace. */
export const isReservedHeader = (name: string): boolean => RESERVED.test(name);

/** Return a subscription's headers as they are sent: with lower-case names, and without hops that version 0.1 stored. */
export function customHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const lowerCased = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(lowerCased.filter(([name]) => name !== HOPS));
}
