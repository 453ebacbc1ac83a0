import { AdminError } from './errors.ts';

export interface Api {
  readonly url: string;
  /** Goes into the header alone: it is in no message. */
  readonly key: string;
}

/** The API answered that it cannot now; the same request may succeed later. */
export class ApiUnavailableError extends AdminError {}

const TIMEOUT_MS = 30_000;

/** @throws AdminError with what the API says against the request */
export async function callApi(api: Api, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(api.url + path, {
    method,
    headers: { authorization: `Bearer ${api.key}`, 'content-type': 'application/json' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    // A key is for the address of the outputs, wherever that would send it.
    redirect: 'error',
    ...(body && { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw new ApiUnavailableError(`The API does not answer at ${api.url}: ${causeOf(error)}.`);
  });
  const text = await answer.text();
  if (answer.ok)
    return parseJson(text) ?? refuse(`What answers at ${api.url} is not Ancrage: ${excerpt(text)}`);
  const message = `The API answers ${answer.status}: ${detailOf(text)}`;
  throw answer.status >= 500 || answer.status === 429
    ? new ApiUnavailableError(message)
    : new AdminError(message);
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
