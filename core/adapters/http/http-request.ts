import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { HookResponse } from '../../model/send-result.ts';
import type { Agents } from './agents.ts';
import { Deadline } from './deadline.ts';
import type { Target } from './request-target.ts';
import { ResponseCapture } from './response-capture.ts';
import { isReset, type TransportFailure, transportFailure } from './transport-failure.ts';

export type HttpResult = { readonly response: HookResponse } | TransportFailure;

export interface HttpRequestOptions {
  readonly target: Target;
  readonly body: string;
  readonly timeoutMs: number;
  /** When the request ends in any case, by `performance.now()`. */
  readonly latestAt: number;
  /** Agents that reuse connections. */
  readonly pooled: Agents;
  /** Agents that open a connection for each request. */
  readonly fresh: Agents;
  /** Called exactly once, possibly before `start` returns. */
  readonly done: (result: HttpResult) => void;
}

/** Bounded because 1xx responses escape the limits on headers and body. */
const MAX_INFORMATIONAL = 16;

const TRUNCATED: TransportFailure = {
  error: 'connection',
  detail: 'the server closed the connection in the middle of its response',
};

/**
 * One HTTP request and its response. It ends with the first of: the whole response, as much of it as is read, an error, the
 * deadline, or `abandon`. Later events of the connection are ignored.
 */
export class HttpRequest {
  readonly #options: HttpRequestOptions;
  #allowedMs = 0;
  #deadline: Deadline | undefined;
  #request: ClientRequest | undefined;
  #answered = false;
  #settled = false;

  constructor(options: HttpRequestOptions) {
    this.#options = options;
  }

  start(): void {
    // A timer, because a socket's timeout restarts with every byte, and an AbortSignal costs more.
    const { timeoutMs, latestAt } = this.#options;
    this.#allowedMs = Math.min(timeoutMs, Math.max(0, Math.round(latestAt - performance.now())));
    this.#deadline = new Deadline(timeoutMs, latestAt, () => this.abandon(this.#timedOut()));
    this.#open(this.#options.pooled);
  }

  abandon(result: HttpResult): void {
    this.#settle(result);
    this.#request?.destroy();
  }

  #open(agents: Agents): void {
    const { target, body } = this.#options;
    try {
      const request = target.secure
        ? https.request({ ...target.options, agent: agents.https })
        : http.request({ ...target.options, agent: agents.http });
      this.#request = request;
      this.#listen(request);
      request.end(body);
    } catch (error) {
      // Thrown before connecting, for header names and values that HTTP does not allow.
      this.#settle(transportFailure(error));
    }
  }

  #listen(request: ClientRequest): void {
    let informational = 0;
    request.on('response', (message) => this.#read(request, message));
    request.on('information', () => {
      informational += 1;
      if (informational > MAX_INFORMATIONAL) {
        this.abandon({ error: 'connection', detail: 'the server sent too many informational responses' });
      }
    });
    request.on('error', (error) => {
      if (this.#mayRepeat(request, error)) this.#open(this.#options.fresh);
      else this.#settle(this.#answered ? TRUNCATED : transportFailure(error));
    });
    // Without a preceding error this means that the server responded with a 101.
    request.on('close', () => {
      if (request === this.#request && !this.#answered) {
        this.#settle({ error: 'connection', detail: 'the server ended the exchange without a response' });
      }
    });
  }

  /**
   * Return whether to send the request again on a new connection. A server may close an idle connection just as the next
   * request is sent (RFC 9112, 9.3.1), which says nothing about the endpoint. If the server did process the request, it gets
   * it twice with the same `webhook-id`, as at-least-once delivery allows.
   */
  #mayRepeat(request: ClientRequest, error: unknown): boolean {
    return !this.#settled && !this.#answered && request.reusedSocket && isReset(error);
  }

  #read(request: ClientRequest, message: IncomingMessage): void {
    this.#answered = true;
    const capture = new ResponseCapture(message);
    message.on('data', (chunk: Buffer) => {
      if (!capture.take(chunk)) this.abandon({ response: capture.response() });
    });
    message.on('end', () => {
      this.#settle({ response: capture.response() });
      // The server responded without reading the whole request, so the connection cannot be reused.
      if (!request.writableFinished) request.destroy();
    });
    message.on('error', () => this.#settle(TRUNCATED));
    message.on('close', () => this.#settle(TRUNCATED));
  }

  #timedOut(): TransportFailure {
    const socket = this.#request?.socket;
    const missing = this.#answered
      ? 'the response did not end'
      : (socket ?? { connecting: true }).connecting
        ? 'no connection could be made'
        : 'no response came';
    return { error: 'timeout', detail: `${missing} within ${this.#allowedMs} ms` };
  }

  #settle(result: HttpResult): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#deadline?.clear();
    this.#options.done(result);
  }
}
