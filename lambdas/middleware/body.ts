import type { MiddlewareObj } from '@middy/core';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import { RequestError, TooLargeError, ValidationError } from '../../core/kernel/errors.ts';
import { compactText, InvalidJsonError } from '../../core/kernel/json-text.ts';
import { strictJsonFaults } from '../../core/kernel/strict-json.ts';
import { decodeUtf8 } from '../../core/kernel/utf8.ts';
import { isFormMediaType, isJsonMediaType } from '../../core/model/media-type.ts';
import type { Route } from '../../core/routes.ts';
import type { ApiEvent } from './request.ts';

/**
 * Decode the body and keep its text, because the parser replaces the body.
 *
 * @throws UnsupportedMediaTypeError if it is compressed: an HTTP API may have decoded the bytes as text
 * @throws TooLargeError, NotUtf8Error
 */
export const bodyText = (maxBytes: number): MiddlewareObj<ApiEvent> => ({
  before: ({ event }) => {
    const { isBase64Encoded, headers } = event;
    if (!/^(identity)?$/i.test(headers['content-encoding']?.trim() ?? ''))
      throw new UnsupportedMediaTypeError('Send the body without a content-encoding.');
    const body = typeof event.body === 'string' ? event.body : '';
    if (Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8') > maxBytes)
      throw new TooLargeError(`The body has more than ${maxBytes} bytes.`);
    event.text = isBase64Encoded
      ? decodeUtf8(Buffer.from(body, 'base64'), 'The body')
      : body.replace(/^\uFEFF/, '');
    event.body = event.text;
    event.isBase64Encoded = false;
  },
});

/** Return the middlewares that read a body as strict JSON. */
export const jsonBody = (kind: NonNullable<Route['body']>): MiddlewareObj<ApiEvent>[] => [
  ...(kind === 'optional-json' ? [emptyBody] : []),
  ...(kind === 'fields' ? [fields] : []),
  jsonType,
  httpJsonBodyParser({ disableContentTypeCheck: true }) as MiddlewareObj<ApiEvent>,
  strictJson,
];

/** Read an empty body as an empty object, whatever its content type. */
const emptyBody: MiddlewareObj<ApiEvent> = {
  before: ({ event }) => {
    if (event.text === '') replaceBody(event, {});
  },
};

/** Read a form, or the query of a request without a body, as an object of texts. */
const fields: MiddlewareObj<ApiEvent> = {
  before: ({ event }) => {
    const { headers, requestContext, queryStringParameters = {}, text = '' } = event;
    if (['GET', 'HEAD'].includes(requestContext.http.method)) replaceBody(event, queryStringParameters);
    else if (isFormMediaType(headers['content-type'] ?? ''))
      replaceBody(event, Object.fromEntries(new URLSearchParams(text)));
  },
};

function replaceBody(event: ApiEvent, body: object): void {
  event.text = JSON.stringify(body);
  event.body = event.text;
  event.headers = { ...event.headers, 'content-type': 'application/json' };
}

/** The parser's own check knows neither `text/json` nor white space before the parameters (RFC 9110, 5.6.6). */
const jsonType: MiddlewareObj<ApiEvent> = {
  before: ({ event: { headers } }) => {
    if (!isJsonMediaType(headers['content-type'] ?? ''))
      throw new UnsupportedMediaTypeError('Send JSON, with the header "content-type: application/json".');
  },
};

const strictJson: MiddlewareObj<ApiEvent> = {
  before: ({ event }) => {
    const text = compactText(event.text ?? '');
    const faults = strictJsonFaults(text);
    if (faults.length > 0) throw ValidationError.of(faults);
    event.json = { value: event.body, text };
  },
  onError: (request) => {
    if (isParserError(request.error)) request.error = translated(request.error, request.event.text ?? '');
  },
};

interface ParserError extends Error {
  readonly cause: { readonly package: string; readonly message?: string };
}

const isParserError = (error: unknown): error is ParserError =>
  error instanceof Error && (error as ParserError).cause?.package === '@middy/http-json-body-parser';

class UnsupportedMediaTypeError extends RequestError {
  override readonly name = 'UnsupportedMediaTypeError';
  readonly status = 415;
  readonly title = 'Unsupported media type';
}

/** The message of V8 when the parser's recursion fails on JSON that is nested thousands of levels deep. */
const STACK_EXCEEDED = 'Maximum call stack size exceeded';

function translated({ cause, message }: ParserError, text: string): RequestError {
  if (cause.message !== undefined && cause.message !== STACK_EXCEEDED)
    return new InvalidJsonError(`This is not JSON: ${cause.message}`);
  // The text is JSON, but has a forbidden name or is nested too deeply. The parser does not say where.
  const faults = strictJsonFaults(compactText(text));
  return faults.length > 0 ? ValidationError.of(faults) : new InvalidJsonError(message);
}
