import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';

/**
 * Each request that the emulator handles at once has a process of its own, and one more for its authorizer. The others wait:
 * more processes than that make one another exceed the timeouts of their functions.
 */
const AT_ONCE = 4 * availableParallelism();

export interface Gateway {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Give the API an address that resolves: the emulator finds it by a host name such as `19ebd95f.execute-api.localhost`, which
 * only some machines resolve, or by its domain. Everything but the host is forwarded as it comes.
 *
 * @param endpoint where the emulator listens, if that is not in the URL
 */
export async function startGateway(apiUrl: string, endpoint = apiUrl): Promise<Gateway> {
  const { host } = new URL(apiUrl);
  const { port } = new URL(endpoint);
  const agent = new Agent({ maxSockets: AT_ONCE });
  const server = createServer((incoming, response) => {
    const forwarded = request(
      {
        ...{ agent, host: '127.0.0.1', port, method: incoming.method, path: incoming.url },
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
