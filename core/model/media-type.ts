/** Return the type and subtype of a content type, in lower case. */
const mediaTypeOf = (contentType: string): string =>
  (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();

/**
 * Return whether a content type is JSON, such as `application/json` or `application/vnd.order+json; charset=utf-8`. A regular
 * expression could stall on long input.
 */
export function isJsonMediaType(contentType: string): boolean {
  const mediaType = mediaTypeOf(contentType);
  return mediaType.endsWith('/json') || mediaType.endsWith('+json');
}
