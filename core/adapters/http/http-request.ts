import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { DestinationPolicy } from '../../contract.ts';
import { OutOfTime } from '../../model/out-of-time.ts';
import type { HookResponse } from '../../model/send-result.ts';
import type { Watch } from '../../ports/sender.ts';
import type { Agents } from './agents.ts';
import { Deadline } from './deadline.ts';
import { guardedLookup } from './guarded-lookup.ts';
import type { Asker } from './host-names.ts';
import type { Target } from './request-target.ts';
import { MAX_BODY_BYTES, ResponseCapture } from './response-capture.ts';
import { ResponseFilter } from './response-filter.ts';
import { brokenOff, isReset, type TransportFailure, transportFailure } from './transport-failure.ts';

export type HttpResult = { readonly response: HookResponse } | TransportFailure;

/** A response whose head was received. */
interface Answer {
  readonly message: IncomingMessage;
  readonly capture: ResponseCapture;
  isFinished?: boolean;
}

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
  readonly policy: DestinationPolicy;
  /** Find the addresses of a name ({@link HostNames}). */
  readonly find: (hostname: string, asker: Asker) => () => void;
  readonly watch: Watch | undefined;
  /**
   * Called exactly once, possibly before `start` returns, with the milliseconds that the request took; with {@link OutOfTime}
   * if it had to wait too long for the look-up of its host.
   */
  readonly done: (result: HttpResult | OutOfTime, durationMs: number) => void;
}

/** Bounded because 1xx responses escape the limits on headers and body. */
const MAX_INFORMATIONAL = 16;

/** The problem of a response whose connection closed without an error. */
const CLOSED_WITHIN = 'the server closed the connection in the middle of its response';

/**
 * One HTTP request and its response. It ends with the first of: the whole response, as much of it as is read, an error, the
 * deadline, or `abandon`. Later events of the connection are ignored. Once the status is known it decides, however the body
 * ends: the endpoint has done what it says.
 */
export class HttpRequest {
  readonly #options: HttpRequestOptions;
  readonly #lookup: LookupFunction;
  #startedAt = 0;
  #allowedMs = 0;
  #deadline: Deadline | undefined;
  #request: ClientRequest | undefined;
  /** Whether the look-up of its host must wait for others. */
  #isWaiting = false;
  #giveUpLookup = () => {};
  #answer: Answer | undefined;
  #settled = false;

  constructor(options: HttpRequestOptions) {
    this.#options = options;
    this.#lookup = guardedLookup(options.policy, (hostname, found) => {
      const asker = { found, waits: () => this.#wait(), begins: () => this.#begin() };
      this.#giveUpLookup = options.find(hostname, asker);
    });
  }

  start(): void {
    this.#startClock();
    this.#open(this.#options.pooled);
  }

  abandon(result: TransportFailure | OutOfTime): void {
    if (this.#answer === undefined || result instanceof OutOfTime) this.#settle(result);
    else this.#finish(this.#answer, result.detail);
    this.#request?.destroy();
  }

  #startClock(): void {
    const { timeoutMs, latestAt } = this.#options;
    this.#startedAt = performance.now();
    this.#allowedMs = Math.min(timeoutMs, Math.max(0, Math.round(latestAt - this.#startedAt)));
    this.#deadline?.clear();
    // A timer, because a socket's timeout restarts with every byte, and an AbortSignal costs more.
    this.#deadline = new Deadline(timeoutMs, latestAt, () =>
      this.abandon(this.#isWaiting ? new OutOfTime() : this.#timedOut()),
    );
  }

  #wait(): void {
    this.#isWaiting = true;
    this.#options.watch?.waits();
  }

  /** Its time begins now: the endpoint has no part in the wait. */
  #begin(): void {
    const { timeoutMs, latestAt, watch } = this.#options;
    if (performance.now() + timeoutMs > latestAt) {
      this.abandon(new OutOfTime());
      return;
    }
    this.#isWaiting = false;
    this.#startClock();
    watch?.begins();
  }

  #open(agents: Agents): void {
    const { target, body } = this.#options;
    const lookup = this.#lookup;
    try {
      const request = target.secure
        ? https.request({ ...target.options, lookup, agent: agents.https })
        : http.request({ ...target.options, lookup, agent: agents.http });
      this.#request = request;
      this.#listen(request);
      // As bytes: node:http would join a text with the headers, and send both as UTF-8.
      request.end(Buffer.from(body));
    } catch (error) {
      // Thrown before connecting, for header names and values that HTTP does not allow.
      this.#settle(transportFailure(error));
    }
  }

  #listen(request: ClientRequest): void {
    let informational = 0;
    request.on('socket', (socket) => ResponseFilter.of(socket).begin(request.reusedSocket));
    request.on('response', (message) => this.#read(request, message));
    request.on('information', () => {
      informational += 1;
      if (informational > MAX_INFORMATIONAL) {
        this.abandon({ error: 'connection', detail: 'the server sent too many informational responses' });
      }
    });
    request.on('error', (error) => {
      if (this.#mayRepeat(request, error)) this.#open(this.#options.fresh);
      else if (this.#answer === undefined) this.#settle(transportFailure(error));
      else this.#breakOff(this.#answer, brokenOff(error));
    });
    // Without a preceding error this means that the server responded with a 101.
    request.on('close', () => {
      if (request === this.#request && this.#answer === undefined) {
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
    return !this.#settled && this.#answer === undefined && request.reusedSocket && isReset(error);
  }

  #read(request: ClientRequest, message: IncomingMessage): void {
    const answer: Answer = { message, capture: new ResponseCapture(message) };
    this.#answer = answer;
    const filter = ResponseFilter.of(message.socket);
    // Before node decides about the connection, when the last chunk is known.
    message.prependListener('end', () => {
      if (filter.endsConnection) request.shouldKeepAlive = false;
    });
    message.on('data', (chunk: Buffer) => {
      if (answer.capture.take(chunk)) return;
      this.#finish(answer, `reading stopped after ${MAX_BODY_BYTES / 1024} KB`);
      request.destroy();
    });
    message.on('end', () => {
      this.#finish(answer, filter.isHeadCut ? CLOSED_WITHIN : null);
      // The server responded without reading the whole request, so the connection cannot be reused.
      if (!request.writableFinished) request.destroy();
    });
    message.on('error', () => this.#breakOff(answer, CLOSED_WITHIN));
    message.on('close', () => this.#breakOff(answer, CLOSED_WITHIN));
  }

  /** After a complete response only its end is to come: the server has said more than that, and the connection is closed. */
  #breakOff(answer: Answer, problem: string): void {
    if (answer.message.complete) return;
    // Take what the parser had read before the error.
    while (answer.message.read() !== null);
    this.#finish(answer, problem);
  }

  #finish(answer: Answer, problem: string | null): void {
    if (answer.isFinished === true) return;
    answer.isFinished = true;
    void answer.capture.response(problem).then((response) => this.#settle({ response }));
  }

  #timedOut(): TransportFailure {
    const socket = this.#request?.socket;
    const missing =
      this.#answer !== undefined
        ? 'the response did not end'
        : (socket ?? { connecting: true }).connecting
          ? 'no connection could be made'
          : 'no response came';
    return { error: 'timeout', detail: `${missing} within ${this.#allowedMs} ms` };
  }

  #settle(result: HttpResult | OutOfTime): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#deadline?.clear();
    this.#giveUpLookup();
    this.#options.done(result, Math.round(performance.now() - this.#startedAt));
  }
}
