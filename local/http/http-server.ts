import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { codeOf, LocalStackError } from '../errors.ts';
import { gatewayResponse, send } from './http-response.ts';
import { isLoopbackHost } from './loopback.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface HttpServer {
  readonly url: string;
  /** Set the handler of requests; before, the server responds with 503. */
  serve(handler: Handler): void;
  /** Accept no new requests, and give those in progress time to finish. */
  stop(): Promise<void>;
}

const FORBIDDEN_HOST = gatewayResponse(403, 'Forbidden: the host must be 127.0.0.1 or localhost');

const FINISH_WITHIN_MS = 5_000;

/**
 * Start a server on 127.0.0.1.
 *
 * @param port 0 for any free port
 * @throws LocalStackError if the port is not available
 */
export async function startHttpServer(port: number): Promise<HttpServer> {
  let handle: Handler = async (_, response) =>
    send(response, gatewayResponse(503, 'Service Unavailable'), 'starting');
  const server = createServer((request, response) => {
    if (isLoopbackHost(request.headers.host)) void handle(request, response);
    else send(response, FORBIDDEN_HOST, 'forbidden');
  });
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw portFault(error, port);
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('An HTTP server without a port');
  let stopped: Promise<void> | undefined;
  return {
    url: `http://127.0.0.1:${address.port}`,
    serve(handler) {
      handle = handler;
    },
    stop() {
      stopped ??= close(server);
      return stopped;
    },
  };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // Close connections that become idle later, which would otherwise stay open for seconds.
  const sweeper = setInterval(() => server.closeIdleConnections(), 50);
  const timer = setTimeout(() => server.closeAllConnections(), FINISH_WITHIN_MS);
  await closed;
  clearInterval(sweeper);
  clearTimeout(timer);
}

function portFault(error: unknown, port: number): unknown {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new LocalStackError(
        `Port ${port} is in use: stop the process that listens on it or pass --port N (0 = any free port)`,
      );
    case 'EACCES':
      return new LocalStackError(
        `Port ${port} is not allowed to this user: pass --port N (0 = any free port)`,
      );
    default:
      return error;
  }
}
