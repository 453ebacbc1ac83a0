import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf } from '../errors.ts';
import type { FunctionHost } from '../functions/function-host.ts';
import { MAX_PAYLOAD_BYTES } from '../functions/function-instance.ts';
import type { Log } from '../settings.ts';
import { Authorizers } from './authorizer.ts';
import type { Target } from './http-api.ts';
import { type HttpEvent, httpEvent } from './http-event.ts';
import {
  gatewayResponse,
  type HttpResponse,
  httpResponse,
  INTERNAL_SERVER_ERROR,
  send,
} from './http-response.ts';
import { BodyTooLargeError, readBody } from './request-body.ts';
import { decodePath } from './request-path.ts';
import { type Route, RouteTable } from './route-table.ts';

const TOO_LARGE = gatewayResponse(413, 'Request Entity Too Large');
const TIMED_OUT = Symbol('timed out');

/** An HTTP API in front of the functions, with payload format 2.0 and Lambda authorizers with simple responses. */
export class Gateway {
  readonly #routes: RouteTable<Target>;
  readonly #functions: FunctionHost;
  readonly #authorizers: Authorizers;
  readonly #log: Log;

  constructor(routes: readonly Route<Target>[], functions: FunctionHost, log: Log) {
    this.#routes = new RouteTable(routes);
    this.#functions = functions;
    this.#authorizers = new Authorizers(functions);
    this.#log = log;
  }

  /**
   * Respond to a request, even if handling it fails.
   *
   * @param originHeaders headers that a distribution in front of the API sets
   */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    originHeaders: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const requestId = randomUUID();
    try {
      send(response, await this.#respond(request, requestId, originHeaders), requestId);
    } catch (error) {
      // For example, a function returned a header that HTTP does not allow. Nothing has been sent in this case.
      if (!request.errored) this.#log(`${request.method} ${request.url} failed: ${messageOf(error)}`);
      if (!response.headersSent) send(response, INTERNAL_SERVER_ERROR, requestId);
    }
  }

  async #respond(
    request: IncomingMessage,
    requestId: string,
    originHeaders: Readonly<Record<string, string>>,
  ): Promise<HttpResponse> {
    const body = await readBody(request).catch((error: unknown) => {
      if (error instanceof BodyTooLargeError) return undefined;
      throw error;
    });
    // The rest of the body may be unread, so the connection cannot be reused.
    if (body === undefined) return { ...TOO_LARGE, headers: { ...TOO_LARGE.headers, connection: 'close' } };
    const path = pathOf(request);
    if (path === undefined) return gatewayResponse(400, 'Bad Request');
    const match = this.#routes.match(request.method ?? 'GET', path);
    if (match === undefined) return gatewayResponse(404, 'Not Found');
    const event = httpEvent(request, requestId, path, body, match);
    const headers = { ...event.headers, ...originHeaders };
    return this.#forward(match.target, { ...event, headers });
  }

  async #forward({ functionName, authorizer, timeoutMs }: Target, event: HttpEvent): Promise<HttpResponse> {
    try {
      let payload: object = event;
      if (authorizer !== undefined) {
        const authorization = await this.#authorizers.authorize(authorizer, event);
        if ('refusal' in authorization) return authorization.refusal;
        const requestContext = { ...event.requestContext, authorizer: { lambda: authorization.context } };
        payload = { ...event, requestContext };
      }
      const json = JSON.stringify(payload);
      if (Buffer.byteLength(json) > MAX_PAYLOAD_BYTES) return TOO_LARGE;
      const result = await within(timeoutMs, this.#functions.invokeJson(functionName, json));
      if (result === TIMED_OUT) return gatewayResponse(503, 'Service Unavailable');
      return httpResponse(result === undefined ? undefined : JSON.parse(result));
    } catch (error) {
      this.#log(`${event.routeKey} failed: ${messageOf(error)}`);
      return INTERNAL_SERVER_ERROR;
    }
  }
}

/** Return the decoded path; undefined if it cannot be decoded. */
function pathOf({ url = '/' }: IncomingMessage): string | undefined {
  try {
    return decodePath(url.replace(/\?.*$/s, ''));
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** Stop waiting after a timeout. As on AWS, the invocation itself continues, and its result is dropped. */
async function within<T>(timeoutMs: number, promise: Promise<T>): Promise<T | typeof TIMED_OUT> {
  const { promise: late, resolve } = Promise.withResolvers<typeof TIMED_OUT>();
  const timer = setTimeout(() => resolve(TIMED_OUT), timeoutMs);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
