import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type LoopbackServer, listenOnLoopback } from '../http/loopback.ts';
import { CREDENTIALS } from '../settings.ts';
import type { Access } from './access.ts';
import { accessKeyIn, withAccessKey } from './access-keys.ts';
import type { Service } from './calls.ts';
import { pageRefused } from './refusal.ts';
import { webPageFault } from './web-pages.ts';

/** Passes a request to an engine. Rejects if there is no response. */
export type Ask = (request: EngineRequest) => Promise<EngineResponse>;

interface EngineRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Id of the caller, as SQS shows it to who receives the message: `AROA…:<function>` for a function. */
  readonly senderId: string;
  /** Whether the caller may also do this. */
  readonly allows: (operation: string, parameters: Readonly<Record<string, unknown>>) => boolean;
}

export interface EngineResponse {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Start the only server through which programs reach an engine. It refuses web pages and unknown access keys, and calls
 * that the role of the calling function does not allow.
 */
export async function startGate(service: Service, ask: Ask, access: Access): Promise<LoopbackServer> {
  const server = createServer(async (message, response) => {
    const fault = webPageFault(message);
    if (fault !== null) {
      const { status, headers, body } = pageRefused(service, fault);
      response.writeHead(status, { ...headers, connection: 'close' }).end(body);
      return;
    }
    // The caller's thread may be terminated meanwhile.
    const body = await buffer(message).catch(() => undefined);
    if (body === undefined) return;
    const { method = 'GET', url = '/', headers } = message;
    const { authorization } = headers;
    const accessKey = accessKeyIn(authorization);
    const refusal = access.refusalOf(service, accessKey, ...askedIn(service, message, body));
    if (refusal !== null) {
      response.writeHead(refusal.status, refusal.headers).end(refusal.body);
      return;
    }
    // Replace the access key, because DynamoDB local has separate tables for each key.
    const rekeyed = authorization && withAccessKey(authorization, CREDENTIALS.accessKeyId);
    try {
      const senderId = access.idOf(accessKey);
      const answer = await ask({
        ...{ method, url, body, senderId },
        allows: (operation, parameters) =>
          access.refusalOf(service, accessKey, operation, () => parameters) === null,
        headers: { ...headers, authorization: rekeyed },
      });
      response.writeHead(answer.status, passedOn(answer)).end(answer.body);
    } catch {
      // Close the connection, as a failing engine would.
      response.destroy();
    }
  });
  return listenOnLoopback(server);
}

/** Headers of a connection, and those that let web pages read a response. */
const KEPT_BACK = /^(connection|keep-alive|transfer-encoding|content-length|access-control-.*)$/;

const passedOn = ({ headers, body }: EngineResponse): OutgoingHttpHeaders => ({
  ...Object.fromEntries(Object.entries(headers).filter(([name]) => !KEPT_BACK.test(name))),
  'content-length': body.length,
});

/** Return the operation of a request, and its parameters. S3's are its method and its path. */
function askedIn(
  service: Service,
  message: IncomingMessage,
  body: Buffer,
): [operation: string, parameters: () => Readonly<Record<string, unknown>>] {
  if (service !== 's3') return [operationIn(message), () => objectIn(body.toString())];
  const { method, url = '/' } = message;
  return [OBJECT_OPERATIONS[method ?? ''] ?? 'GetObject', () => ({ Path: objectPathIn(url) })];
}

/** Parse a request body. Invalid JSON names no resource, and the engine rejects it. */
function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) ?? {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

const OBJECT_OPERATIONS: Readonly<Record<string, string>> = { PUT: 'PutObject', DELETE: 'DeleteObject' };

/** Return the bucket and the key that a URL names, as in `bucket/key`. */
export const objectPathIn = (url: string): string =>
  decodeURIComponent(new URL(url, 'http://localhost').pathname.slice(1));

/** Return `PutItem` for the header `DynamoDB_20120810.PutItem`. */
export const operationIn = ({ headers }: Pick<IncomingMessage, 'headers'>): string =>
  String(headers['x-amz-target']).replace(/^.*\./, '');
