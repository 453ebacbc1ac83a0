/** Return the type and subtype of a content type, in lower case. */
const mediaTypeOf = (contentType: string): string =>
  (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();

/** Return whether a content type is text that is not JSON. */
export function isTextMediaType(contentType: string): boolean {
  const mediaType = mediaTypeOf(contentType);
  return mediaType.startsWith('text/') || mediaType.endsWith('/xml') || mediaType.endsWith('+xml');
}

/**
 * Return whether a content type is JSON, such as `application/json` or `application/vnd.order+json; charset=utf-8`. A regular
 * expression could stall on long input.
 */
export function isJsonMediaType(contentType: string): boolean {
  const mediaType = mediaTypeOf(contentType);
  return mediaType.endsWith('/json') || mediaType.endsWith('+json');
}

export const isFormMediaType = (contentType: string): boolean =>
  mediaTypeOf(contentType) === 'application/x-www-form-urlencoded';
