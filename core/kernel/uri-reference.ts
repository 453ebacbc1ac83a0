/** The characters of a path segment in RFC 3986, besides the percent sign of an escape. */
const PCHAR = "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})";
const AUTHORITY = String.raw`(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?(?:\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::\d*)?`;
/** A scheme, an authority, a path, a query and a fragment; the first segment of a path without a scheme has no colon. */
const URI_REFERENCE = new RegExp(
  `^(?:[A-Za-z][A-Za-z0-9+.-]*:|(?![^/?#]*:))(?://${AUTHORITY}(?=[/?#]|$)|(?!//))(?:${PCHAR}|/)*(?:\\?(?:${PCHAR}|[/?])*)?(?:#(?:${PCHAR}|[/?])*)?$`,
);

/** Return whether a text is a URI or a relative reference (RFC 3986, 4.1). */
export const isUriReference = (text: string): boolean => URI_REFERENCE.test(text);

/** Return a URI reference as it is, and any other text percent-encoded so that it is one. */
export function toUriReference(text: string): string {
  if (isUriReference(text)) return text;
  const wellFormed = text.toWellFormed();
  const encoded = encodeURI(wellFormed);
  return isUriReference(encoded) ? encoded : encodeURIComponent(wellFormed);
}
