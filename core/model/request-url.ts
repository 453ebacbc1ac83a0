const HTTP = /^https?:$/;

/** Characters that RFC 3986 (3.3 and 3.4) forbids in a path and a query, and percent signs without two digits. */
const NOT_ALLOWED = /%(?![0-9a-f]{2})|[^\w.~!$&'()*+,;=:@/?%-]/gi;

/** Scheme and authority of a URL, as its parser sees them. */
const BEFORE_PATH = /^\s*[a-z][a-z0-9+.-]*:[/\\]*[^/\\?#]+[/\\?#]/i;

/** Return whether the beginning of a URL has all of its origin. */
export const hasOrigin = (text: string): boolean => BEFORE_PATH.test(text);

/** Return the origin that every URL has which a template renders; null if its tags render that, too. */
export function literalOrigin(template: string): string | null {
  const [literal = '', ...tags] = template.replaceAll(/[\t\n\r]/g, '').split(/\{[{%#]/);
  const beginning = tags.length === 0 ? literal : BEFORE_PATH.exec(literal)?.[0];
  const origin = URL.parse(beginning ?? '')?.origin ?? 'null';
  return origin === 'null' ? null : origin;
}

/**
 * Return a URL as it is requested: percent-encoded wherever RFC 3986 demands it, which the URL parser does not do, and without
 * its fragment. What is encoded already stays as it is. A URL that is not one of http is returned as given, to be refused.
 *
 * @param base the URL to which it may be relative
 */
export function requestUrl(text: string, base?: string): string {
  const url = URL.parse(withLiteralBackslashes(text), base);
  if (url === null || !HTTP.test(url.protocol)) return text;
  const target = url.pathname + url.search;
  url.pathname = '/';
  url.search = '';
  url.hash = '';
  return url.href.slice(0, -1) + target.replaceAll(NOT_ALLOWED, percentEncoded);
}

/** Keep the parser from reading the backslashes of a path as slashes. */
function withLiteralBackslashes(text: string): string {
  const from = BEFORE_PATH.exec(text)?.[0].length ?? 0;
  return text.slice(0, from) + text.slice(from).replaceAll('\\', '%5C');
}

/** Of ASCII: the parser has encoded everything else. */
const percentEncoded = (char: string): string =>
  `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
