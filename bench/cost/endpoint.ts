import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** The traffic that an endpoint has received. */
export interface Received {
  readonly requests: number;
  readonly connections: number;
  /** Bytes on the wire, encrypted if the endpoint uses TLS. */
  readonly bytes: number;
}

/** A subscriber's endpoint that responds with 200 after a delay and counts the traffic at its sockets. */
export class Endpoint {
  readonly url: string;
  /** Whether it responds with 500 to the first request of each delivery. */
  failsFirst = false;
  readonly #server: Server;
  readonly #sockets: Socket[] = [];
  /** Ids of the deliveries that have arrived at least once. */
  readonly #deliveries = new Set<unknown>();
  #requests = 0;

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  static async start(responseMs: () => number, certificate?: Certificate): Promise<Endpoint> {
    const listener: RequestListener = (request, response) => {
      endpoint.#requests++;
      const id = request.headers['webhook-id'];
      const isFirst = !endpoint.#deliveries.has(id);
      endpoint.#deliveries.add(id);
      if (endpoint.failsFirst && isFirst) response.statusCode = 500;
      request.resume();
      setTimeout(() => response.end(), responseMs());
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
