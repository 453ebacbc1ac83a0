import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Engine } from '../engines/dynoxide.ts';
import { CREDENTIALS } from '../settings.ts';
import type { Access } from './access.ts';
import type { Service } from './calls.ts';

/** Stands before an engine and lets through what the functions' roles allow. */
export async function startGate(service: Service, endpoint: string, access: Access): Promise<Engine> {
  const upstream = new URL(endpoint);
  const isSecure = upstream.protocol === 'https:';
  const send = isSecure ? secureRequest : request;
  const agent = new (isSecure ? SecureAgent : Agent)({ keepAlive: true });

  const pass = (message: IncomingMessage, body: Buffer, response: ServerResponse) => {
    const { method, url = '/', headers } = message;
    // The engine is to know one key alone: DynamoDB local keeps a table for each.
    const authorization = headers.authorization?.replace(CREDENTIAL, `$<before>${CREDENTIALS.accessKeyId}`);
    const forwarded = send(
      new URL(upstream.pathname.replace(/\/$/, '') + url, upstream),
      { method, agent, headers: { ...headers, host: upstream.host, authorization } },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        answer.on('error', () => response.destroy());
      },
    );
    // The caller sees what it would see of the engine: a connection that ends.
    forwarded.on('error', () => response.destroy());
    forwarded.end(body);
  };

  const server = createServer(async (message, response) => {
    const body = await bodyOf(message);
    // Its thread was ended meanwhile.
    if (body === undefined) return;
    const refusal = access.refusalOf(service, accessKeyIn(message), operationIn(message), body.toString());
    if (refusal === null) pass(message, body, response);
    else response.writeHead(refusal.status, refusal.headers).end(refusal.body);
  });
  // An engine does not close connections that are idle either: the SDK would only find it out by a failure.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      agent.destroy();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** `AWS4-HMAC-SHA256 Credential=<access key>/<date>/…` */
const CREDENTIAL = /(?<before>Credential=)(?<key>[^/]+)/;

const accessKeyIn = ({ headers }: IncomingMessage): string =>
  CREDENTIAL.exec(headers.authorization ?? '')?.groups?.key ?? '';

/** `DynamoDB_20120810.PutItem`, `AmazonSQS.SendMessage` */
const operationIn = ({ headers }: IncomingMessage): string =>
  String(headers['x-amz-target']).replace(/^.*\./, '');

/** Undefined where the caller went before its end. */
function bodyOf(message: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => resolve(Buffer.concat(chunks)));
    message.on('error', () => resolve(undefined));
  });
}
