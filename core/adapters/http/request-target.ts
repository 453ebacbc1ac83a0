import type { RequestOptions } from 'node:http';
import type { DestinationPolicy } from '../../contract.ts';
import { bareHost, refusedDestination } from '../../model/destination.ts';
import { isFramingHeader } from '../../model/request-headers.ts';
import type { SingleRequest } from './follow-redirects.ts';
import { MAX_HEAD_BYTES } from './response-filter.ts';
import type { TransportFailure } from './transport-failure.ts';

export interface Target {
  readonly secure: boolean;
  readonly options: RequestOptions & { readonly servername?: string };
}

/**
 * Return the options for node:http, or why the URL is refused. The URL was checked when the subscription was saved, but the
 * policy may have changed since, and node:net never calls `lookup` for an IP literal.
 */
export function requestTarget(request: SingleRequest, policy: DestinationPolicy): Target | TransportFailure {
  const url = URL.parse(request.url);
  if (url === null) return { error: 'connection', detail: 'the URL is not valid' };
  const reason = refusedDestination(url, policy);
  if (reason !== null) return { error: 'blocked-address', detail: `the URL ${reason}` };
  const host = bareHost(url);
  return {
    secure: url.protocol === 'https:',
    options: {
      method: request.method,
      host,
      path: url.pathname + url.search,
      headers: headersOf(request),
      // Set explicitly so that NODE_OPTIONS cannot raise it.
      maxHeaderSize: MAX_HEAD_BYTES,
      ...(url.port !== '' && { port: url.port }),
      // The server name in a TLS handshake has no trailing dot (RFC 6066, 3).
      ...(host.endsWith('.') && { servername: host.slice(0, -1) }),
    },
  };
}

const CODING = 'accept-encoding';

const setsCoding = (headers: SingleRequest['headers']): boolean =>
  Object.keys(headers).some((name) => name.toLowerCase() === CODING);

function headersOf(request: SingleRequest): Record<string, string | number> {
  // A compressed body would be unreadable in the log.
  const headers: Record<string, string | number> = setsCoding(request.headers)
    ? {}
    : { [CODING]: 'identity' };
  for (const [name, value] of Object.entries(request.headers)) {
    if (!isFramingHeader(name)) headers[name] = value;
  }
  // Set explicitly: otherwise node:http sends the body of a DELETE without framing.
  if (request.method !== 'GET') headers['content-length'] = Buffer.byteLength(request.body);
  return headers;
}
