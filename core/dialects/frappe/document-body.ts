import { ValidationError } from '../../kernel/errors.ts';
import { parseStrictJson } from '../../kernel/strict-json.ts';
import { refusal } from './errors.ts';

/**
 * Read the document in a request's body in any form that Frappe's clients send: JSON, a form whose field `data` is JSON, or
 * a form whose fields are the document's.
 *
 * @throws FrappeError if there is no document
 * @throws ValidationError if the JSON is not strict
 */
export function readBody(text: string, contentType: string | undefined): unknown {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(contentType ?? '');
  const given = isForm ? Object.fromEntries(new URLSearchParams(text)) : json(text);
  const data = isObject(given) ? given.data : undefined;
  const document = typeof data === 'string' ? json(data) : (data ?? given);
  if (!isObject(document)) throw refusal('The body is not a document');
  return document;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function json(text: string): unknown {
  try {
    return parseStrictJson(text).value;
  } catch (error) {
    if (error instanceof ValidationError) throw error;
    throw refusal('The body is not JSON');
  }
}
