import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface ReceivedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Respond = (request: ReceivedRequest, response: ServerResponse) => void;

export interface Receiver {
  /** Everything that came, in order. */
  readonly requests: readonly ReceivedRequest[];
  url(path?: string): string;
  /** How it answers from now on. */
  respond(respond: Respond): void;
  /** Resolves when there are so many requests that fit. */
  waitFor(count: number, fits?: (request: ReceivedRequest) => boolean): Promise<ReceivedRequest[]>;
  stop(): Promise<void>;
}

export const status =
  (code: number, headers: Record<string, string> = {}): Respond =>
  (_request, response) =>
    response.writeHead(code, headers).end();

/** A hook URL on this machine: a real HTTP server that keeps what it gets, and answers 200 until told otherwise. */
export async function startReceiver(): Promise<Receiver> {
  const requests: ReceivedRequest[] = [];
  const waiting = new Set<() => void>();
  let answer: Respond = status(200);

  const server = createServer(async (message, response) => {
    const request = await read(message);
    requests.push(request);
    answer(request, response);
    for (const check of waiting) check();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    requests,
    url: (path = '/hook') => `http://127.0.0.1:${port}${path}`,
    respond(respond) {
      answer = respond;
    },
    waitFor(count, fits = () => true) {
      const { promise, resolve } = Promise.withResolvers<ReceivedRequest[]>();
      const check = () => {
        const found = requests.filter(fits);
        if (found.length < count) return;
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
      return promise;
    },
    async stop() {
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

/** Verifies as a subscriber would, with the library of Standard Webhooks. @throws WebhookVerificationError */
export function verify(secret: string, { headers, body }: ReceivedRequest): unknown {
  return new Webhook(secret).verify(body, headers as Record<string, string>);
}
