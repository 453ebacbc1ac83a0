/**
 * Headers that control a request's destination, framing or connection (RFC 9110, 7.6.1; RFC 9112, 6). Only the sender sets
 * them: a subscription may not name them, and the sender drops them.
 */
const FRAMING =
  /^(host|content-length|transfer-encoding|connection|keep-alive|upgrade|http2-settings|expect|te|trailer|proxy-.*)$/i;

export const isFramingHeader = (name: string): boolean => FRAMING.test(name);

/** Return whether a header is one of Standard Webhooks or the user agent, which a subscription may not replace. */
export const isReservedHeader = (name: string): boolean => /^(webhook-.*|user-agent)$/i.test(name);

/** Return the headers with lower-case names, as they are sent. */
export const lowerCased = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
