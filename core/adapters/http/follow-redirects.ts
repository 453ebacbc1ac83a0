import type { DestinationPolicy } from '../../contract.ts';
import { utf8InLatin1 } from '../../kernel/utf8.ts';
import { refusedUrl } from '../../model/destination.ts';
import type { Following, Redirect } from '../../model/redirects.ts';
import { requestUrl } from '../../model/request-url.ts';
import type { HookResponse, OutgoingRequest, SendResult } from '../../model/send-result.ts';

/** A request that follows no redirect itself. */
export type SingleRequest = Omit<OutgoingRequest, 'method' | 'redirects'> & Pick<Redirect, 'method'>;

type Method = SingleRequest['method'];

interface Rules {
  readonly most: number;
  /** Return the method of the request that follows a redirect with this status, or null if none does. */
  readonly methodAfter: (status: number, method: Method) => Method | null;
}

const RULES: Readonly<Record<Following['style'], Rules>> = {
  ancrage: { most: 1, methodAfter: (status) => (status === 302 || status === 303 ? 'GET' : null) },
  python: {
    most: 5,
    methodAfter(status, method) {
      if (status === 302 || status === 303) return 'GET';
      if (status === 301) return method === 'POST' ? 'GET' : method;
      return keepsBody(status) ? method : null;
    },
  },
};

const keepsBody = (status: number) => status === 307 || status === 308;

const OF_BODY: ReadonlySet<string> = new Set(['content-type', 'content-encoding', 'content-language']);

/**
 * Send a request and follow its redirects as it says, each only to where the policy allows a hook, never from https to http, and
 * all within its one deadline. A redirect that is not followed is the response.
 */
export async function followRedirects(
  request: OutgoingRequest,
  policy: DestinationPolicy,
  send: (request: SingleRequest) => Promise<SendResult>,
): Promise<SendResult> {
  const { redirects: following, ...first } = request;
  let result = await send(first);
  if (following === undefined) return result;
  const { most, methodAfter } = RULES[following.style];
  const followed: Redirect[] = [];
  let current: SingleRequest = first;
  let { headers } = first;
  let { durationMs } = result;
  while ('response' in result) {
    const { response } = result;
    const { status } = response;
    const method = methodAfter(status, current.method);
    if (method === null) break;
    const target = targetOf(response, current.url, policy);
    if (followed.length === most || target.url === undefined) {
      result = { ...result, notFollowed: target.refused ?? `it is redirect ${most + 1}` };
      break;
    }
    // Once elsewhere, it stays without them: whoever sends it back could not have sent them.
    if (!isSameOrigin(first.url, target.url)) headers = following.headersElsewhere;
    const next = { ...current, method, url: target.url };
    current = keepsBody(status)
      ? { ...next, headers: current.body === '' ? withoutContent(headers) : headers }
      : { ...next, headers: withoutContent(headers), body: '' };
    followed.push({ status, method, location: target.url });
    const leftMs = request.timeoutMs - durationMs;
    result = leftMs > 0 ? await send({ ...current, timeoutMs: leftMs }) : noTimeLeft(request);
    durationMs += result.durationMs;
  }
  return { ...result, durationMs, ...(followed.length > 0 && { redirects: followed }) };
}

const noTimeLeft = ({ timeoutMs }: OutgoingRequest): SendResult => ({
  error: 'timeout',
  detail: `no time was left to follow the redirect within ${timeoutMs} ms`,
  durationMs: 0,
});

type RedirectTarget =
  | { readonly url: string; readonly refused?: never }
  | { readonly refused: string; readonly url?: never };

/** Return where a response leads, or why it may not lead there. */
function targetOf({ headers }: HookResponse, from: string, policy: DestinationPolicy): RedirectTarget {
  const { location } = headers;
  if (location === undefined || location === '') return { refused: 'it has no location' };
  const url = requestUrl(utf8InLatin1(location), from);
  const reason = refusedUrl(url, policy);
  if (reason !== null) return { refused: `its URL ${reason}` };
  const isDowngrade = URL.parse(from)?.protocol === 'https:' && URL.parse(url)?.protocol !== 'https:';
  return isDowngrade ? { refused: 'it leads from https to http' } : { url };
}

const isSameOrigin = (one: string, other: string): boolean =>
  URL.parse(one)?.origin === URL.parse(other)?.origin;

const withoutContent = (headers: SingleRequest['headers']): SingleRequest['headers'] =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_BODY.has(name.toLowerCase())));
