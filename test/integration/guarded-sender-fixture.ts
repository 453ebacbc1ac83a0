import { once } from 'node:events';
import http, { type RequestListener } from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { type GuardedSenderOptions, guardedSenders } from '../../core/adapters/http/guarded-sender.ts';
import type { Resolve } from '../../core/adapters/http/resolve.ts';
import { type DestinationPolicy, PUBLIC_DESTINATIONS } from '../../core/contract.ts';
import type {
  HookResponse,
  OutgoingRequest,
  SendResult,
  TransportError,
} from '../../core/model/send-result.ts';
import type { AboutRequest, Watch } from '../../core/ports/sender.ts';

export const LOCAL: DestinationPolicy = { ...PUBLIC_DESTINATIONS, allowHttp: true, allowLoopback: true };
export const PUBLIC: DestinationPolicy = PUBLIC_DESTINATIONS;

/** The attempt that a request belongs to, which a real sender does not look at. */
export const ABOUT: AboutRequest = {
  project: 'erp',
  ...{ subscriptionId: 'sub_1', eventId: 'evt_1', number: 1, replayId: null, after: 0, probe: false },
};

/** A sender that lives as long as the test. */
export function senderWith(
  options: GuardedSenderOptions = {},
  policy = LOCAL,
  endsInMs = Number.POSITIVE_INFINITY,
) {
  const sender = guardedSenders(policy, options).open(endsInMs);
  onTestFinished(() => sender.close());
  return {
    send: (request: OutgoingRequest, project = ABOUT.project, watch?: Watch) =>
      sender.send(request, { ...ABOUT, project }, watch),
    close: () => sender.close(),
  };
}

export function requestTo(url: string, changes: Partial<OutgoingRequest> = {}): OutgoingRequest {
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    body: '{"a":1}',
    timeoutMs: 10_000,
    ...changes,
  };
}

export function responseOf(result: SendResult): HookResponse {
  if ('error' in result) throw new Error(`expected a response, got ${result.error}: ${result.detail}`);
  return result.response;
}

export function failureOf(result: SendResult): { error: TransportError; detail: string } {
  if ('response' in result) throw new Error(`expected a failure, got ${result.response.status}`);
  return { error: result.error, detail: result.detail };
}

export interface TestServer {
  readonly port: number;
  readonly url: string;
  /** Every connection ever accepted, in order. */
  readonly connections: readonly Socket[];
}

export function httpServer(listener: RequestListener): Promise<TestServer> {
  return listen(http.createServer(listener), 'http');
}

export function httpsServer(options: https.ServerOptions, listener: RequestListener): Promise<TestServer> {
  return listen(https.createServer(options, listener), 'https');
}

/** For what node's HTTP server would never do. `number` counts the connections from 1. */
export function tcpServer(onConnection: (socket: Socket, number: number) => void): Promise<TestServer> {
  let number = 0;
  const server = net.createServer((socket) => {
    number += 1;
    onConnection(socket, number);
  });
  return listen(server, 'http');
}

/** A TCP server that says this as soon as it has read something, and keeps the connection. */
export function sayingServer(...parts: string[]): Promise<TestServer> {
  return tcpServer((socket) => {
    socket.once('data', () => socket.write(parts.join('\r\n')));
  });
}

async function listen(server: Server, scheme: string): Promise<TestServer> {
  const connections: Socket[] = [];
  server.on('connection', (socket: Socket) => {
    connections.push(socket);
    // Many of these tests are about connections that break.
    socket.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of connections) socket.destroy();
  });
  const { port } = server.address() as AddressInfo;
  return { port, url: `${scheme}://127.0.0.1:${port}/hook`, connections };
}

/** Resolves once the server has seen the end of each connection so far, be it a reset. */
export async function allClosed(server: TestServer): Promise<void> {
  await Promise.all(server.connections.map(closed));
}

// Not `once` of node:events, which rejects on the error event of a reset.
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) resolve();
    else socket.once('close', () => resolve());
  });
}

/** A resolver that gives these answers one after the other, then the last one for ever. */
export function resolving(...answers: string[][]): Resolve & { readonly calls: string[] } {
  const calls: string[] = [];
  const resolve: Resolve = async (hostname) => {
    const answer = answers[Math.min(calls.length, answers.length - 1)] ?? [];
    calls.push(hostname);
    return { addresses: answer.map((address) => ({ address, family: net.isIP(address) })), ttlSeconds: 10 };
  };
  return Object.assign(resolve, { calls });
}
