/**
 * Headers of a request that decide where it goes, where it ends or how the connection is used (RFC 9110, 7.6.1, and
 * RFC 9112, 6): ours to set. A subscription may not name them and the sender leaves them out.
 */
const FRAMING =
  /^(host|content-length|transfer-encoding|connection|keep-alive|upgrade|http2-settings|expect|te|trailer|proxy-.*)$/i;

export const isFramingHeader = (name: string): boolean => FRAMING.test(name);

/** Standard Webhooks' headers and the sender's name, which a subscription may not replace. */
export const isReservedHeader = (name: string): boolean => /^(webhook-.*|user-agent)$/i.test(name);

/** Headers by their names in lower case, as they go over the wire. */
export const lowerCased = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
