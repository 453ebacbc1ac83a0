import { Option } from 'commander';
import type { Deployment } from './deployment.ts';
import { AdminError, UsageError } from './errors.ts';

export interface Api {
  readonly url: string;
  /** API key, sent only in the header and never part of a message. Public routes need none. */
  readonly key?: string;
  /** Aborts requests that are in progress. */
  readonly signal?: AbortSignal;
}

export const keyOption = (): Option =>
  new Option('--key <key>', 'API key with the scope "manage" (for a local stack, default: its own key)').env(
    'ANCRAGE_KEY',
  );

/**
 * Return the API of a deployment with the key from the command line, or with the key of a local stack.
 *
 * @throws UsageError if there is no key
 */
export function apiOf(
  { apiUrl, adminKey }: Deployment,
  keyOption: string | undefined,
): Api & { key: string } {
  // An empty environment variable counts as no key.
  const key = keyOption || adminKey;
  if (key === undefined)
    throw new UsageError('This command needs an API key: set ANCRAGE_KEY or pass --key.');
  // `fetch` would print the key in its error message.
  if (!/^[\x21-\x7E]+$/.test(key)) throw new UsageError('The API key contains invalid characters.');
  return { url: apiUrl.replace(/\/$/, ''), key };
}

/** The API is unreachable, overloaded or failing; the same request may succeed later. */
export class ApiUnavailableError extends AdminError {}

/** The API rejected the request. */
export class ApiRefusedError extends AdminError {
  readonly status: number;
  /** The API's explanation. */
  readonly detail: string;
  /** The whole response body. */
  readonly body: string;

  constructor(status: number, body: string) {
    const detail = detailOf(body);
    super(`The API responded with ${status}: ${detail}`);
    this.status = status;
    this.detail = detail;
    this.body = body;
  }
}

const TIMEOUT_MS = 30_000;
const NO_CONTENT = 204;
const NOT_FOUND = 404;

/**
 * Call the API and return the JSON of the response, or null if it has no content.
 *
 * @throws AdminError with the API's explanation if it rejects the request
 */
export async function callApi(api: Api, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(api.url + path, {
    method,
    headers: {
      ...(api.key !== undefined && { authorization: `Bearer ${api.key}` }),
      'content-type': 'application/json',
    },
    signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(api.signal ? [api.signal] : [])]),
    // Never send the key to another address than that of the outputs.
    redirect: 'error',
    ...(body && { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    api.signal?.throwIfAborted();
    throw new ApiUnavailableError(`The API does not respond at ${api.url}: ${causeOf(error)}.`);
  });
  const text = await response.text();
  if (response.status === NO_CONTENT) return null;
  if (response.ok)
    return parseJson(text) ?? fail(`The server at ${api.url} is not Ancrage: it sent ${excerpt(text)}`);
  const refused = new ApiRefusedError(response.status, text);
  throw response.status >= 500 || response.status === 429
    ? new ApiUnavailableError(refused.message)
    : refused;
}

/** Return null if the API responds with 404. */
export async function getOrNull(api: Api, path: string): Promise<unknown> {
  try {
    return await callApi(api, 'GET', path);
  } catch (error) {
    if (error instanceof ApiRefusedError && error.status === NOT_FOUND) return null;
    throw error;
  }
}

/** Return the `detail` of a problem document, or the `message` that API Gateway itself sends. */
function detailOf(text: string): string {
  const { detail, message } = (parseJson(text) ?? {}) as { detail?: unknown; message?: unknown };
  return String(detail ?? message ?? excerpt(text));
}

/** Return undefined if the text is not JSON, such as the error page of a proxy. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const excerpt = (text: string) => text.slice(0, 200);

function fail(message: string): never {
  throw new AdminError(message);
}

/** Return the innermost cause, because `fetch` itself only reports `fetch failed`. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return causeOf(error.cause);
  return 'code' in error ? String(error.code) : error.message;
}
