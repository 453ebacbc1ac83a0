import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

interface Answer {
  readonly status: number;
  readonly body: string;
  /** @default application/json */
  readonly type?: string;
}

/** Returns the response to a request, or undefined to pass the request to the API. */
export type Fault = (
  request: {
    readonly method: string;
    readonly path: string;
    readonly userAgent: string;
    readonly authorization?: string | undefined;
  },
  pass: () => Promise<Answer>,
) => Promise<Answer> | undefined;

/** Start a proxy that injects a fault into an API. */
export async function breakApi(apiUrl: string, fault: Fault) {
  const server = createServer(async (message, response) => {
    const { method = '', url: path = '', headers } = message;
    const body = await buffer(message);
    const pass = () => forward(apiUrl + path, message, body);
    const {
      status,
      body: text,
      type,
    } = await (fault(
      { method, path, userAgent: headers['user-agent'] ?? '', authorization: headers.authorization },
      pass,
    ) ?? pass());
    response.writeHead(status, { 'content-type': type ?? 'application/json' }).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function forward(
  url: string,
  { method = 'GET', headers }: IncomingMessage,
  body: Buffer,
): Promise<Answer> {
  const { authorization, accept = '*/*', 'content-type': contentType = 'application/json' } = headers;
  const answer = await fetch(url, {
    method,
    headers: { ...(authorization !== undefined && { authorization }), accept, 'content-type': contentType },
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  });
  const type = answer.headers.get('content-type');
  return { status: answer.status, body: await answer.text(), ...(type !== null && { type }) };
}
