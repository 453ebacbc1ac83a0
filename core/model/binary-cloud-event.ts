import { ValidationError } from '../kernel/errors.ts';
import { type JsonText, objectText, toJsonText } from '../kernel/json-text.ts';
import { isUriReference } from '../kernel/uri-reference.ts';
import { utf8InLatin1 } from '../kernel/utf8.ts';

const PREFIX = 'ce-';

/**
 * Return a CloudEvent in binary mode (HTTP binding, 3.1) as it is in structured mode, without the data unless it is given.
 *
 * @param headers by their lower-case names
 * @param data its member with the data, if it has any
 * @throws ValidationError if an attribute is not percent-encoded UTF-8
 */
export function binaryCloudEvent(
  headers: Readonly<Record<string, string | undefined>>,
  data: { readonly data?: JsonText; readonly data_base64?: JsonText },
): JsonText {
  const attributes = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith(PREFIX) && value !== undefined
      ? [[name.slice(PREFIX.length), toJsonText(decoded(name, value))] as const]
      : [],
  );
  const type = headers['content-type'];
  const datacontenttype = type === undefined ? undefined : toJsonText(type);
  return objectText({ ...Object.fromEntries(attributes), datacontenttype, ...data });
}

/** Return whether a request has a CloudEvent in binary mode: a content type of CloudEvents comes first (HTTP binding, 3). */
export const isBinaryMode = (headers: Readonly<Record<string, string | undefined>>): boolean =>
  !CLOUD_EVENTS.test(headers['content-type'] ?? '') &&
  Object.keys(headers).some((name) => name.startsWith(PREFIX));

/** The content types of structured mode. The batch has a match. */
export const CLOUD_EVENTS = /^application\/cloudevents(-batch)?\+json/i;

const IS_URI = new Set([`${PREFIX}source`, `${PREFIX}dataschema`]);

/** Undo the quotes and the percent-encoding of a header's value (HTTP binding, 3.1.3.2). A lone percent sign stays. */
function decoded(name: string, value: string): string {
  // The SDKs for Go and Python send UTF-8.
  const sent = utf8InLatin1(value.trim());
  const [, quoted] = /^"(.*)"$/s.exec(sent) ?? [];
  const plain = quoted?.replace(/\\(.)/gs, '$1') ?? sent;
  try {
    const text = plain.replace(/(?:%[0-9A-Fa-f]{2})+/g, decodeURIComponent);
    // The SDK for JavaScript does not encode the percent signs of a URI.
    return IS_URI.has(name) && !isUriReference(text) && isUriReference(plain) ? plain : text;
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw ValidationError.of([{ path: name, message: 'is not percent-encoded UTF-8' }]);
  }
}
