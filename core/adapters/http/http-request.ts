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
  /** Keeps connections for the next request. */
  readonly pooled: Agents;
  /** Makes a connection for each request. */
  readonly fresh: Agents;
  /** Called exactly once, with what came of it, maybe within `start`. */
  readonly done: (outcome: HttpResult) => void;
}

/** A server has no reason to send more 1xx responses, and they would escape the limits on headers and body. */
const MAX_INFORMATIONAL = 16;

const TRUNCATED: TransportFailure = {
  error: 'connection',
  detail: 'the server closed the connection in the middle of its response',
};

/**
 * One request and its response. Ends with the first of: the whole response, as much of it as is read, an error, the
 * deadline, or `abandon`; whatever the connection does afterwards is of no interest.
 */
export class HttpRequest {
  readonly #options: HttpRequestOptions;
  #deadline: Deadline | undefined;
  #request: ClientRequest | undefined;
  #answered = false;
  #settled = false;

  constructor(options: HttpRequestOptions) {
    this.#options = options;
  }

  start(): void {
    // A timer of our own: a socket's timeout starts anew with every byte, and an AbortSignal costs more.
    this.#deadline = new Deadline(this.#options.timeoutMs, () => this.abandon(this.#timedOut()));
    this.#open(this.#options.pooled);
  }

  abandon(outcome: HttpResult): void {
    this.#settle(outcome);
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
      // Thrown before there is a connection: header names and values that HTTP does not allow.
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
    // Without an error before it: the server answered 101 and so left HTTP.
    request.on('close', () => {
      if (request === this.#request && !this.#answered) {
        this.#settle({ error: 'connection', detail: 'the server ended the exchange without a response' });
      }
    });
  }

  /**
   * A server may close an idle connection at the moment when the next request is on its way (RFC 9112, 9.3.1). That
   * says nothing about the endpoint, so the request is sent once more, on a connection that is certainly new. If the
   * server had acted on it after all it gets it twice, with the same `webhook-id`: delivery is at least once anyway.
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
      // Answered before it had read the request: this connection can carry nothing else.
      if (!request.writableFinished) request.destroy();
    });
    message.on('error', () => this.#settle(TRUNCATED));
    message.on('close', () => this.#settle(TRUNCATED));
  }

  #timedOut(): TransportFailure {
    const { timeoutMs } = this.#options;
    const socket = this.#request?.socket;
    const missing = this.#answered
      ? 'the response did not end'
      : (socket ?? { connecting: true }).connecting
        ? 'no connection could be made'
        : 'no response came';
    return { error: 'timeout', detail: `${missing} within ${timeoutMs} ms` };
  }

  #settle(outcome: HttpResult): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#deadline?.clear();
    this.#options.done(outcome);
  }
}
