import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { accessKeyIn, functionNameIn, withAccessKey } from '../../local/access/access-keys.ts';
import { operationIn } from '../../local/access/gate.ts';
import type { Engine } from '../../local/engines/dynoxide.ts';
import { listenOnLoopback } from '../../local/http/loopback.ts';
import { CREDENTIALS } from '../../local/settings.ts';

/** A request to an engine and its response, with parsed JSON bodies. */
export interface Call {
  /** Short name of the calling function; null for other callers, which are the publisher and Lambda's pollers. */
  readonly functionName: string | null;
  readonly operation: string;
  readonly body: object;
  readonly response: object;
}

/** Make DynamoDB report the consumed units, which functions do not request themselves. */
export const requestingUnits = (body: object) => ({ ...body, ReturnConsumedCapacity: 'TOTAL' });

interface MeterOptions {
  /** Changes the body of a function's request before it is forwarded. */
  readonly transform?: (body: object) => object;
  readonly onCall: (call: Call) => void;
  /** Minimum time that a function waits for a response. */
  readonly minMs: () => number;
  /** Resolves when the caller may have the response. */
  readonly mayAnswer?: (call: Call) => Promise<void>;
}

/**
 * Start a proxy in front of an engine that reports all calls. It delays responses to functions, so that the functions
 * wait for the same time on every machine that is fast enough, and about as long as on AWS.
 */
export async function startMeter(endpoint: string, options: MeterOptions): Promise<Engine> {
  const { transform = (body: object) => body, onCall, minMs, mayAnswer = async () => {} } = options;

  async function forward(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { authorization = '' } = message.headers;
    const functionName = functionNameIn(accessKeyIn(authorization));
    const earliest = sleep(functionName === null ? 0 : minMs());
    const received: object = JSON.parse(await text(message));
    const body = functionName === null ? received : transform(received);
    const forwarded = await fetch(new URL(message.url ?? '/', endpoint), {
      method: 'POST',
      headers: {
        ...headersOf(Object.entries(message.headers)),
        // The engines of a bench accept only this key.
        authorization: withAccessKey(authorization, CREDENTIALS.accessKeyId),
      },
      body: JSON.stringify(body),
    });
    const content = await forwarded.text();
    const operation = operationIn(message);
    const call: Call = { functionName, operation, body, response: JSON.parse(content || '{}') };
    onCall(call);
    await Promise.all([earliest, mayAnswer(call)]);
    response.writeHead(forwarded.status, headersOf([...forwarded.headers])).end(content);
  }

  const server = createServer((message, response) => {
    // Close the connection, as a failing engine would.
    forward(message, response).catch(() => response.destroy());
  });
  return listenOnLoopback(server);
}

const FORWARDED = /^(x-amzn?-|content-type$)/;

/** Return the headers to forward, without those of the connection and the length of the body. */
const headersOf = (headers: readonly (readonly [string, unknown])[]): Record<string, string> =>
  Object.fromEntries(
    headers.filter(([name]) => FORWARDED.test(name)).map(([name, value]) => [name, String(value)]),
  );
