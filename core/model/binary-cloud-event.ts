import { ValidationError } from '../kernel/errors.ts';
import { type JsonText, objectText, toJsonText } from '../kernel/json-text.ts';

const PREFIX = 'ce-';

/**
 * Return a CloudEvent in binary mode (HTTP binding, 3.1) as it is in structured mode, or null if no header has an attribute.
 *
 * @param headers by their lower-case names
 * @throws ValidationError if an attribute is not percent-encoded UTF-8
 */
export function binaryCloudEvent(
  headers: Readonly<Record<string, string | undefined>>,
  data: JsonText,
): JsonText | null {
  const attributes = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith(PREFIX) && value !== undefined
      ? [[name.slice(PREFIX.length), toJsonText(decoded(name, value))] as const]
      : [],
  );
  if (attributes.length === 0) return null;
  const datacontenttype = toJsonText(headers['content-type']);
  return objectText({ ...Object.fromEntries(attributes), datacontenttype, data });
}

/** Undo the quotes and the percent-encoding of a header's value (HTTP binding, 3.1.3.2). A lone percent sign stays. */
function decoded(name: string, value: string): string {
  const [, quoted] = /^"(.*)"$/s.exec(value.trim()) ?? [];
  const plain = quoted?.replace(/\\(.)/gs, '$1') ?? value.trim();
  try {
    return plain.replace(/(?:%[0-9A-Fa-f]{2})+/g, decodeURIComponent);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw ValidationError.of([{ path: name, message: 'is not percent-encoded UTF-8' }]);
  }
}
