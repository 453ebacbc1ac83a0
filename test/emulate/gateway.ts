import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Gateway {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Give the API an address that resolves: the emulator finds it by a host name such as `19ebd95f.execute-api.localhost`, which
 * only some machines resolve. Everything but the host is forwarded as it comes.
 */
export async function startGateway(apiUrl: string): Promise<Gateway> {
  const { host, port } = new URL(apiUrl);
  const server = createServer((incoming, response) => {
    const forwarded = request(
      {
        ...{ host: '127.0.0.1', port, method: incoming.method, path: incoming.url },
        headers: { ...incoming.headers, host },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
      },
    );
    forwarded.on('error', (error) => response.destroy(error));
    incoming.pipe(forwarded);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
