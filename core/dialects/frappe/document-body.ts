import { ValidationError } from '../../kernel/errors.ts';
import { parseStrictJson } from '../../kernel/strict-json.ts';
import { isFormMediaType } from '../../model/media-type.ts';
import { refusal } from './errors.ts';

/**
 * Read the document in a request's body in any form that Frappe's clients send: JSON, a form whose field `data` is JSON, or
 * a form whose fields are the document's.
 *
 * @throws FrappeError if there is no document
 * @throws ValidationError if the JSON is not strict
 */
export function readBody(text: string, contentType: string | undefined): unknown {
  const given = bodyValue(text, contentType);
  const data = isObject(given) ? given.data : undefined;
  const document = typeof data === 'string' ? json(data) : (data ?? given);
  if (!isObject(document)) throw refusal('The body is not a document');
  return document;
}

/** Read the parameters of a method in a request's body: JSON, a form, or none. @throws FrappeError, ValidationError */
export function readParameters(text: string, contentType: string | undefined): Record<string, unknown> {
  const given = text === '' ? {} : bodyValue(text, contentType);
  if (!isObject(given)) throw refusal('The body is not an object');
  return given;
}

const bodyValue = (text: string, contentType = ''): unknown =>
  isFormMediaType(contentType) ? Object.fromEntries(new URLSearchParams(text)) : json(text);

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parse strict JSON. @throws FrappeError, ValidationError */
export function json(text: string): unknown {
  try {
    return parseStrictJson(text).value;
  } catch (error) {
    if (error instanceof ValidationError) throw error;
    throw refusal('The body is not JSON');
  }
}
