import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** What an endpoint has got. */
export interface Received {
  readonly requests: number;
  readonly connections: number;
  /** As they come over the wire, encrypted where they are. */
  readonly bytes: number;
}

/** A subscriber's endpoint that answers 200 after so long, and counts at its sockets. */
export class Endpoint {
  readonly url: string;
  readonly #server: Server;
  readonly #sockets: Socket[] = [];
  /** What tells deliveries apart, however often they come. */
  readonly #deliveries = new Set<unknown>();
  #requests = 0;

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  static async start(answerMs: () => number, certificate?: Certificate): Promise<Endpoint> {
    const listener: RequestListener = (request, response) => {
      endpoint.#requests++;
      endpoint.#deliveries.add(request.headers['webhook-id']);
      request.resume();
      setTimeout(() => response.end(), answerMs());
    };
    const server =
      certificate === undefined ? createServer(listener) : createSecureServer({ ...certificate }, listener);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const scheme = certificate === undefined ? 'http' : 'https';
    const endpoint = new Endpoint(server, `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    server.on('connection', (socket) => endpoint.#sockets.push(socket));
    return endpoint;
  }

  get deliveries(): number {
    return this.#deliveries.size;
  }

  get received(): Received {
    const bytes = this.#sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
    return { requests: this.#requests, connections: this.#sockets.length, bytes };
  }

  stop(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
