import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll } from 'vitest';

export interface ReceivedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Respond = (request: ReceivedRequest, response: ServerResponse) => void;

export interface Receiver {
  /** Every request so far, in order. */
  readonly requests: readonly ReceivedRequest[];
  url(path?: string): string;
  /** Set the response to requests from now on. */
  respond(respond: Respond): void;
  /**
   * Return the requests that fit once there are at least `count` of them.
   *
   * @throws Error that lists the requests so far, when the time is up
   */
  waitFor(
    count: number,
    fits?: (request: ReceivedRequest) => boolean,
    ms?: number,
  ): Promise<ReceivedRequest[]>;
  stop(): Promise<void>;
}

/** Well below the timeout of a test. */
const WITHIN_MS = 60_000;

export const status =
  (code: number, headers: Record<string, string> = {}): Respond =>
  (_request, response) =>
    response.writeHead(code, headers).end();

/** Match requests for a path. */
export const to =
  (path: string) =>
  (request: Pick<ReceivedRequest, 'path'>): boolean =>
    request.path === path;

/** Start a hook URL on this machine: an HTTP server that keeps its requests, and responds with 200 by default. */
export async function startReceiver(): Promise<Receiver> {
  const { start, ...receiver } = newReceiver();
  await start();
  return receiver;
}

/** Run a receiver during the tests of the file or suite. */
export function useReceiver(): Receiver {
  const { start, ...receiver } = newReceiver();
  beforeAll(start);
  afterAll(receiver.stop);
  return receiver;
}

function newReceiver(): Receiver & { start(): Promise<void> } {
  const requests: ReceivedRequest[] = [];
  const waiting = new Set<() => void>();
  let answer: Respond = status(200);

  const server = createServer(async (message, response) => {
    const request = await read(message);
    requests.push(request);
    answer(request, response);
    for (const check of waiting) check();
  });

  return {
    requests,
    url(path = '/hook') {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('The receiver is not running.');
      return `http://127.0.0.1:${address.port}${path}`;
    },
    respond(respond) {
      answer = respond;
    },
    waitFor(count, fits = () => true, ms = WITHIN_MS) {
      const { promise, resolve, reject } = Promise.withResolvers<ReceivedRequest[]>();
      const check = () => {
        const found = requests.filter(fits);
        if (found.length >= count) resolve(found);
      };
      const timer = setTimeout(() => {
        const found = requests.filter(fits).length;
        const paths = requests.map(({ method, path }) => `${method} ${path}`).slice(-20);
        reject(
          new Error(
            `${found} of ${count} requests came within ${ms / 1000} s; the latest of all: ${paths.join(', ')}`,
          ),
        );
      }, ms);
      waiting.add(check);
      check();
      return promise.finally(() => {
        clearTimeout(timer);
        waiting.delete(check);
      });
    },
    async start() {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    },
    async stop() {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function read(message: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const { method = '', url = '', headers } = message;
  return { method, path: url, headers, body: Buffer.concat(chunks).toString() };
}

/** Verify a request as a subscriber would, with the library of Standard Webhooks. @throws WebhookVerificationError */
export function verify(secret: string, { headers, body }: ReceivedRequest): unknown {
  return new Webhook(secret).verify(body, headers as Record<string, string>);
}
