import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import type { ResponseCase } from './cases.ts';

/** Long enough for a part to arrive on its own. */
const BETWEEN_PARTS_MS = 20;

export interface CaseServer {
  readonly url: string;
  /** The number of requests so far. */
  requests(): number;
  stop(): void;
}

/** Start a server on this machine that says exactly this in response to each request; with a certificate over TLS. */
export async function serveCase(
  response: ResponseCase,
  certificate?: { readonly key: string; readonly cert: string },
): Promise<CaseServer> {
  const sockets = new Set<Socket>();
  let requests = 0;
  const server = net.createServer((connection) => {
    const socket =
      certificate === undefined ? connection : new TLSSocket(connection, { isServer: true, ...certificate });
    sockets.add(connection);
    for (const each of [connection, socket]) each.on('error', () => each.destroy());
    let request = '';
    socket.on('data', (chunk) => {
      request += chunk.toString('latin1');
      if (!isWhole(request)) return;
      request = '';
      requests++;
      void say(socket, connection, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}/`,
    requests: () => requests,
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function isWhole(request: string): boolean {
  const head = request.indexOf('\r\n\r\n');
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(request)?.[1] ?? 0);
  return head !== -1 && request.length >= head + 4 + length;
}

async function say(socket: Socket, connection: Socket, { says, ending }: ResponseCase): Promise<void> {
  for (const [index, part] of says.entries()) {
    if (index > 0) await pause(BETWEEN_PARTS_MS);
    if (!socket.destroyed) await new Promise((resolve) => socket.write(part, 'latin1', resolve));
  }
  if (ending === 'closes') socket.end();
  if (ending !== 'resets') return;
  // A reset discards what the other side has not yet read.
  await pause(BETWEEN_PARTS_MS);
  connection.resetAndDestroy();
}
