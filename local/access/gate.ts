import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { Engine } from '../engines/dynoxide.ts';
import { listenOnLoopback } from '../http/loopback.ts';
import { CREDENTIALS } from '../settings.ts';
import type { Access } from './access.ts';
import type { Service } from './calls.ts';

/** Start a proxy in front of an engine that forwards only requests that the functions' roles allow. */
export async function startGate(service: Service, endpoint: string, access: Access): Promise<Engine> {
  const upstream = new URL(endpoint);
  const isSecure = upstream.protocol === 'https:';
  const send = isSecure ? secureRequest : request;
  const agent = new (isSecure ? SecureAgent : Agent)({ keepAlive: true });

  const forward = (message: IncomingMessage, body: Buffer, response: ServerResponse) => {
    const { method, url = '/', headers } = message;
    // Replace the access key, because DynamoDB local has separate tables for each key.
    const authorization = headers.authorization?.replace(CREDENTIAL, `$<before>${CREDENTIALS.accessKeyId}`);
    const forwarded = send(
      new URL(upstream.pathname.replace(/\/$/, '') + url, upstream),
      { method, agent, headers: { ...headers, host: upstream.host, authorization } },
      (upstreamResponse) => {
        response.writeHead(upstreamResponse.statusCode ?? 502, upstreamResponse.headers);
        upstreamResponse.pipe(response);
        upstreamResponse.on('error', () => response.destroy());
      },
    );
    // Close the connection, as a failing engine would.
    forwarded.on('error', () => response.destroy());
    forwarded.end(body);
  };

  const server = createServer(async (message, response) => {
    // The caller's thread may be terminated meanwhile.
    const body = await buffer(message).catch(() => undefined);
    if (body === undefined) return;
    const refusal = access.refusalOf(service, accessKeyIn(message), operationIn(message), body.toString());
    if (refusal === null) forward(message, body, response);
    else response.writeHead(refusal.status, refusal.headers).end(refusal.body);
  });
  const own = await listenOnLoopback(server);
  return {
    ...own,
    stop() {
      agent.destroy();
      return own.stop();
    },
  };
}

/** `AWS4-HMAC-SHA256 Credential=<access key>/<date>/…` */
const CREDENTIAL = /(?<before>Credential=)(?<key>[^/]+)/;

const accessKeyIn = ({ headers }: IncomingMessage): string =>
  CREDENTIAL.exec(headers.authorization ?? '')?.groups?.key ?? '';

/** Return `PutItem` for the header `DynamoDB_20120810.PutItem`. */
export const operationIn = ({ headers }: IncomingMessage): string =>
  String(headers['x-amz-target']).replace(/^.*\./, '');
