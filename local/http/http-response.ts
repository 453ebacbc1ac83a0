import type { ServerResponse } from 'node:http';

export interface HttpResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer | string;
}

/** Return a response of the gateway itself. */
export function gatewayResponse(statusCode: number, message: string): HttpResponse {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) };
}

export const INTERNAL_SERVER_ERROR = gatewayResponse(500, 'Internal Server Error');

/** Headers that Node itself writes for the body that it sends. */
const IGNORED_HEADERS = ['connection', 'content-length', 'transfer-encoding'];

/** Statuses of responses without body and content length. */
const BODILESS = [204, 304];

/**
 * Convert a function's result to an HTTP response. As in payload format 2.0, a result without a status code is the body
 * of a 200; an invalid result becomes a 500.
 */
export function httpResponse(result: unknown): HttpResponse {
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) {
    return inferred(result);
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = result as Readonly<Record<string, unknown>>;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return INTERNAL_SERVER_ERROR;
  if (body !== undefined && body !== null && typeof body !== 'string') return INTERNAL_SERVER_ERROR;
  return {
    statusCode: status,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...responseHeaders(headers),
      ...(Array.isArray(cookies) && cookies.length > 0 && { 'set-cookie': cookies.map(String) }),
    },
    body: isBase64Encoded === true ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  };
}

function inferred(result: unknown): HttpResponse {
  const body = typeof result === 'string' ? result : JSON.stringify(result ?? null);
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body };
}

function responseHeaders(headers: unknown): Record<string, string> {
  const entries = Object.entries((headers ?? {}) as Record<string, unknown>)
    .map(([name, value]) => [name.toLowerCase(), String(value)] as const)
    .filter(([name]) => !IGNORED_HEADERS.includes(name));
  return Object.fromEntries(entries);
}

/** Send a response with the request id that an HTTP API adds. */
export function send(
  response: ServerResponse,
  { statusCode, headers, body }: HttpResponse,
  requestId: string,
): void {
  const length = BODILESS.includes(statusCode) ? {} : { 'content-length': Buffer.byteLength(body) };
  response.writeHead(statusCode, { ...headers, ...length, 'apigw-requestid': requestId });
  response.end(body);
}
