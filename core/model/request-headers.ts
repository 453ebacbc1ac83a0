import { HOPS } from './hops.ts';
import { TRACEPARENT, TRACESTATE } from './trace-context.ts';

/**
 * Headers that control a request's destination, framing or connection (RFC 9110, 7.6.1; RFC 9112, 6). Only the sender sets
 * them: a subscription may not name them, and the sender drops them.
 */
const FRAMING =
  /^(host|content-length|transfer-encoding|connection|keep-alive|upgrade|http2-settings|expect|te|trailer|proxy-.*)$/i;

export const isFramingHeader = (name: string): boolean => FRAMING.test(name);

/** Tells a receiver that somebody tries the subscription. */
export const TEST_HEADER = 'ancrage-test';

const RESERVED = new RegExp(`^(webhook-.*|${HOPS}|${TEST_HEADER}|${TRACEPARENT}|${TRACESTATE})$`, 'i');

/** Return whether a header is one of Standard Webhooks, of the trace or of ours, which a subscription may not replace. */
export const isReservedHeader = (name: string): boolean => RESERVED.test(name);

/**
 * Printable Latin-1, which is sent as one byte for each character (RFC 9110, 5.5). Other text has no bytes that every receiver reads
 * in the same way.
 */
export const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const AROUND = /^[\t ]|[\t ]$/;

/** Return whether a value has white space at an end, which receivers drop. */
export const isPadded = (value: string): boolean => AROUND.test(value);

/** Return whether a value can be sent. Version 0.1 stored some with white space around them. */
export const isHeaderValue = (value: string): boolean => HEADER_VALUE.test(value);

/** Return a subscription's headers as they are sent: with lower-case names, and without those that version 0.1 stored and that are reserved since. */
export function customHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const lowerCased = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(lowerCased.filter(([name]) => !isReservedHeader(name)));
}
