import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardedSenders } from '../../core/adapters/http/guarded-sender.ts';
import { PUBLIC_DESTINATIONS } from '../../core/contract.ts';
import type { OutgoingRequest, TransportError } from '../../core/model/send-result.ts';
import type { Sender } from '../../core/ports/sender.ts';
import { ABOUT } from '../integration/guarded-sender-fixture.ts';
import { answers, inMemorySender } from '../support/in-memory/sender.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

interface OpenSender {
  readonly sender: Sender;
  readonly url: string;
  respond(status: number, headers: Record<string, string>, body: string): void;
  /** Stop listening at the URL. */
  leave(): Promise<void>;
  received(): Pick<OutgoingRequest, 'method' | 'headers' | 'body'>[];
}

function openInMemory(): OpenSender {
  const { sender, requests, endpoint } = inMemorySender();
  return {
    sender,
    url: 'http://127.0.0.1:4000/hook',
    respond(...answer) {
      endpoint.answer = () => answers(...answer);
    },
    async leave() {
      endpoint.answer = () => ({
        error: 'connection',
        detail: 'the server refused the connection',
        durationMs: 1,
      });
    },
    received: () => requests,
  };
}

let receiver: Receiver;
const guarded = guardedSenders({ ...PUBLIC_DESTINATIONS, allowHttp: true, allowLoopback: true }).open(
  Number.POSITIVE_INFINITY,
);
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => guarded.close());

function openOverHttp(): OpenSender {
  const before = receiver.requests.length;
  return {
    sender: guarded,
    url: receiver.url(),
    respond: (status, headers, body) =>
      receiver.respond((_request, response) => response.writeHead(status, headers).end(body)),
    leave: () => receiver.stop(),
    received: () =>
      receiver.requests.slice(before).map(({ method, headers, body }) => ({
        method: method as 'POST',
        headers: headers as Record<string, string>,
        body,
      })),
  };
}

describe.each([
  ['in memory', openInMemory],
  ['over HTTP', openOverHttp],
])('a sender %s', (_name, open) => {
  const request = (url: string, given: Partial<OutgoingRequest> = {}): OutgoingRequest => ({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', 'x-team': 'a' },
    body: '{"é":"😀"}',
    timeoutMs: 5000,
    ...given,
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('sends the request as given: %s', async (method) => {
    const { sender, url, respond, received } = open();
    respond(200, {}, '');
    await sender.send(request(url, { method }), ABOUT);
    expect(received()).toMatchObject([
      { method, headers: { 'content-type': 'application/json', 'x-team': 'a' }, body: '{"é":"😀"}' },
    ]);
  });

  it.each([200, 204, 302, 404, 500])('returns the response of the endpoint: %i', async (status) => {
    const { sender, url, respond } = open();
    respond(status, { 'retry-after': '5' }, '');
    expect(await sender.send(request(url), ABOUT)).toMatchObject({
      response: { status, headers: { 'retry-after': '5' }, body: '' },
    });
  });

  it('returns a failure without throwing if nothing listens at the URL', async () => {
    const { sender, url, leave } = open();
    await leave();
    expect(await sender.send(request(url), ABOUT)).toMatchObject({
      error: 'connection' satisfies TransportError,
      detail: expect.any(String),
    });
  });
});
