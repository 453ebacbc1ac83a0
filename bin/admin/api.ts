import { Option } from 'commander';
import type { Deployment } from './deployment.ts';
import { AdminError, UsageError } from './errors.ts';

export interface Api {
  readonly url: string;
  /** Goes into the header alone: it is in no message. What everyone may ask needs none. */
  readonly key?: string;
  /** Ends what is under way. */
  readonly signal?: AbortSignal;
}

export const keyOption = (): Option =>
  new Option('--key <key>', 'an API key with the scope "manage" (a local stack tells its own)').env(
    'ANCRAGE_KEY',
  );

/** @throws UsageError if there is no key */
export function apiOf({ apiUrl, adminKey }: Deployment, given: string | undefined): Api & { key: string } {
  // An empty variable is none.
  const key = given || adminKey;
  if (key === undefined) throw new UsageError('This needs an API key: set ANCRAGE_KEY or pass --key.');
  // `fetch` would tell the key in its message.
  if (!/^[\x21-\x7E]+$/.test(key)) throw new UsageError('The API key has characters that no key has.');
  return { url: apiUrl.replace(/\/$/, ''), key };
}

/** The API answered that it cannot now; the same request may succeed later. */
export class ApiUnavailableError extends AdminError {}

/** The API refused the request. */
export class ApiRefusedError extends AdminError {
  readonly status: number;
  /** What it says against it. */
  readonly detail: string;
  /** As text. */
  readonly body: string;

  constructor(status: number, body: string) {
    const detail = detailOf(body);
    super(`The API answers ${status}: ${detail}`);
    this.status = status;
    this.detail = detail;
    this.body = body;
  }
}

const TIMEOUT_MS = 30_000;
const NO_CONTENT = 204;

/**
 * Answers the JSON; null where there is no content.
 *
 * @throws AdminError with what the API says against the request
 */
export async function callApi(api: Api, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(api.url + path, {
    method,
    headers: {
      ...(api.key !== undefined && { authorization: `Bearer ${api.key}` }),
      'content-type': 'application/json',
    },
    signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(api.signal ? [api.signal] : [])]),
    // A key is for the address of the outputs, wherever that would send it.
    redirect: 'error',
    ...(body && { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    api.signal?.throwIfAborted();
    throw new ApiUnavailableError(`The API does not answer at ${api.url}: ${causeOf(error)}.`);
  });
  const text = await answer.text();
  if (answer.status === NO_CONTENT) return null;
  if (answer.ok)
    return parseJson(text) ?? refuse(`What answers at ${api.url} is not Ancrage: ${excerpt(text)}`);
  const refused = new ApiRefusedError(answer.status, text);
  throw answer.status >= 500 || answer.status === 429 ? new ApiUnavailableError(refused.message) : refused;
}

/** The sentence of a problem document; API Gateway's own answers have a `message`. */
function detailOf(text: string): string {
  const { detail, message } = (parseJson(text) ?? {}) as { detail?: unknown; message?: unknown };
  return String(detail ?? message ?? excerpt(text));
}

/** Undefined where it is no JSON: a proxy's page, say. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const excerpt = (text: string) => text.slice(0, 200);

function refuse(message: string): never {
  throw new AdminError(message);
}

/** `fetch failed` alone helps nobody: why it did is in its cause. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return causeOf(error.cause);
  return 'code' in error ? String(error.code) : error.message;
}
