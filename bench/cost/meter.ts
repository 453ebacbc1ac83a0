import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../local/engines/dynoxide.ts';

/** A request that an engine has answered. Bodies are JSON, parsed. */
export interface Call {
  /** A function's short name; null of others: the publisher, and Lambda's pollers. */
  readonly functionName: string | null;
  readonly operation: string;
  readonly body: object;
  readonly answer: object;
}

interface MeterOptions {
  /** Changes the body of a function's request on its way. */
  readonly changed?: (body: object) => object;
  readonly onCall: (call: Call) => void;
  /** How long a function waits for an answer at least. */
  readonly leastMs: () => number;
}

/**
 * Stands before an engine and sees all that is asked and answered. Functions get their answers after a time that is the
 * same on every machine quick enough, and near to what they would wait on AWS.
 */
export async function startMeter(endpoint: string, options: MeterOptions): Promise<Engine> {
  const { changed = (body: object) => body, onCall, leastMs } = options;

  async function pass(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const functionName = functionNameIn(message);
    const earliest = sleep(functionName === null ? 0 : leastMs());
    const asked: object = JSON.parse(await text(message));
    const body = functionName === null ? asked : changed(asked);
    const answered = await fetch(new URL(message.url ?? '/', endpoint), {
      method: 'POST',
      headers: headersOf(Object.entries(message.headers)),
      body: JSON.stringify(body),
    });
    const answer = await answered.text();
    onCall({ functionName, operation: operationIn(message), body, answer: JSON.parse(answer || '{}') });
    await earliest;
    response.writeHead(answered.status, headersOf([...answered.headers])).end(answer);
  }

  const server = createServer((message, response) => {
    // The caller sees what it would see of the engine: a connection that ends.
    pass(message, response).catch(() => response.destroy());
  });
  // An engine does not close connections that are idle either: the SDK would only find it out by a failure.
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

const PASSED = /^(x-amzn?-|content-type$|authorization$)/;

/** Those that say something: lengths and connections are each way's own. */
const headersOf = (headers: readonly (readonly [string, unknown])[]): Record<string, string> =>
  Object.fromEntries(
    headers.filter(([name]) => PASSED.test(name)).map(([name, value]) => [name, String(value)]),
  );

/** The local stack gives functions access keys such as `local-deliver`. */
const functionNameIn = ({ headers }: IncomingMessage): string | null =>
  /Credential=local-([^/]+)/.exec(headers.authorization ?? '')?.[1] ?? null;

/** `DynamoDB_20120810.PutItem`, `AmazonSQS.SendMessage` */
const operationIn = ({ headers }: IncomingMessage): string =>
  String(headers['x-amz-target']).replace(/^.*\./, '');
