import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::(?<port>\d+))?$/i;

/**
 * Whether a Host header names this machine. Any other name may be an attacker's that resolves to 127.0.0.1.
 *
 * @param port the port that the header must name. @default any, because ports may be forwarded
 */
export function isLoopbackHost(host: string | undefined, port?: number): boolean {
  const named = LOOPBACK_HOST.exec(host ?? '');
  return named !== null && (port === undefined || Number(named.groups?.port ?? 80) === port);
}

export interface LoopbackServer {
  /** Without a slash at the end. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Start a server on a free port of the loopback interface. Stopping it ends its connections. */
export async function listenOnLoopback(server: Server): Promise<LoopbackServer> {
  // Keep idle connections open as the engines do: the SDK would notice a closed one only when a request fails.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
