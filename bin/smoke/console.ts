import * as z from 'zod';
import { ApiRefusedError, ApiUnavailableError, callApi, getOrNull } from '../admin/api.ts';
import { CheckError } from './check.ts';
import { pathOf, type Subject } from './subject.ts';
import { NotYet, type Patience, waitFor } from './wait.ts';

const TIMEOUT_MS = 30_000;

/** Wait until the console's page and an asset of it are served. Return the path of the asset. */
export async function consoleIsServed(base: string, patience: Patience): Promise<string> {
  const page = await served(`${base}/`, 'text/html', patience);
  const [asset] = /\/assets\/[\w.-]+\.js/.exec(page) ?? [];
  if (asset === undefined)
    throw new CheckError(`GET ${base}/ returns the page of the console`, page.slice(0, 200));
  await served(base + asset, 'text/javascript', patience);
  return asset;
}

/** Wait for a 200 with this content type, because a new distribution and its domain take a while. */
function served(url: string, type: string, { timeoutMs, signal }: Patience): Promise<string> {
  return waitFor(
    `GET ${url} returns ${type}`,
    async () => {
      const response = await fetch(url, {
        headers: { accept: type },
        signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), signal]),
      }).catch((error: unknown) => {
        signal.throwIfAborted();
        const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
        throw new ApiUnavailableError(`${url} does not respond: ${cause}.`);
      });
      const text = await response.text();
      const found = response.headers.get('content-type') ?? '';
      if (response.status === 200 && found.startsWith(type) && text !== '') return text;
      return new NotYet(
        `status ${response.status}, ${found || 'no content type'}, ${text.length} characters`,
      );
    },
    { timeoutMs, signal },
  );
}

const keySchema = z.looseObject({ project: z.string() });

/** Check that the console's host passes the bearer on to the API. @throws CheckError */
export async function bearerIsPassedOn({ project, api }: Subject, base: string): Promise<void> {
  const path = '/v1/key';
  const found = keySchema.parse(await callApi({ ...api, url: base }, 'GET', path));
  if (found.project !== project)
    throw new CheckError(`GET ${base}${path} returns the key of ${project}`, `that of ${found.project}`);
  const status = await statusWithoutKey(base, path, api.signal);
  if (status !== 401) throw new CheckError(`GET ${base}${path} without a key is a 401`, `a ${status}`);
}

async function statusWithoutKey(
  base: string,
  path: string,
  signal: AbortSignal | undefined,
): Promise<number> {
  try {
    await callApi({ url: base, ...(signal && { signal }) }, 'GET', path);
    return 200;
  } catch (error) {
    if (error instanceof ApiRefusedError) return error.status;
    throw error;
  }
}

/**
 * Check that the console's host caches no 404 of the API: an event type is looked up, created, and looked up again at once.
 *
 * @throws CheckError
 */
export async function notFoundIsNotCached(subject: Subject, base: string): Promise<void> {
  const { api, run, patience } = subject;
  const path = pathOf(subject, `event-types/smoke.${run}`);
  const through = { ...api, url: base };
  if ((await getOrNull(through, path)) !== null)
    throw new CheckError(`GET ${base}${path} is a 404`, 'the event type is there already');
  await callApi(api, 'PUT', path, { description: 'Smoke test (safe to delete)' });
  try {
    await waitFor(
      `GET ${api.url}${path} returns the event type`,
      async () => (await getOrNull(api, path)) ?? new NotYet('a 404'),
      patience,
    );
    if ((await getOrNull(through, path)) === null)
      throw new CheckError(`GET ${base}${path} returns the event type that is there now`, 'the former 404');
  } finally {
    // Also after an interruption, which would abort the request.
    await callApi({ url: api.url, key: api.key }, 'DELETE', path);
  }
}
