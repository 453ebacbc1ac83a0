import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { AT_ONCE, DirectLanes } from '../../core/deliver/direct-lanes.ts';
import { subscriptionRecord } from '../support/records.ts';
import {
  allClosed,
  failureOf,
  httpServer,
  requestTo,
  responseOf,
  senderWith,
  tcpServer,
} from './guarded-sender-fixture.ts';

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

/** Answers the first request of each connection; `second` decides about a later one. */
function answering(second: (socket: Socket, number: number) => void) {
  return tcpServer((socket, number) => {
    socket.once('data', () => {
      socket.write(OK);
      socket.on('data', () => second(socket, number));
    });
  });
}

const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';

describe('connections', () => {
  it('are kept from one request to the next', async () => {
    const server = await httpServer((_, response) => response.end('ok'));
    const sender = senderWith();
    for (let i = 0; i < 5; i += 1) responseOf(await sender.send(requestTo(server.url)));
    expect(server.connections).toHaveLength(1);
  });

  it('are at most as many as the requests that a direct endpoint gets at once, however much there is to send', async () => {
    const server = await httpServer((_, response) => setImmediate(() => response.end('ok')));
    const [sender, lanes, subscription] = [senderWith(), new DirectLanes(), subscriptionRecord()];
    const sendInTurn = async () => {
      expect(await lanes.enter(subscription)).toBe(true);
      const result = await sender.send(requestTo(server.url));
      lanes.leave(subscription);
      return responseOf(result).status;
    };
    const sent = await Promise.all(Array.from({ length: 100 }, sendInTurn));
    expect(sent).toEqual(Array(100).fill(200));
    expect(server.connections).toHaveLength(AT_ONCE);
  });

  it('are as many as the requests under way, and no request waits for one', async () => {
    const unanswered: (() => void)[] = [];
    const server = await httpServer((_, response) => void unanswered.push(() => response.end('ok')));
    const sender = senderWith();
    const sending = Array.from({ length: AT_ONCE + 5 }, () => sender.send(requestTo(server.url)));
    await expect.poll(() => unanswered.length, { timeout: 10_000 }).toBe(AT_ONCE + 5);
    for (const answer of unanswered) answer();
    const sent = await Promise.all(sending);
    expect(sent.map((result) => responseOf(result).status)).toEqual(Array(AT_ONCE + 5).fill(200));
    expect(server.connections).toHaveLength(AT_ONCE + 5);
  });

  it('are not shared between senders', async () => {
    const server = await httpServer((_, response) => response.end('ok'));
    await senderWith().send(requestTo(server.url));
    await senderWith().send(requestTo(server.url));
    expect(server.connections).toHaveLength(2);
  });

  it('are not shared between projects', async () => {
    const server = await httpServer((_, response) => response.end('ok'));
    const sender = senderWith();
    for (const project of ['erp', 'shop', 'erp']) await sender.send(requestTo(server.url), project);
    expect(server.connections).toHaveLength(2);
  });

  it.each(['more', OK])('are dropped if the server says something while they are idle: %j', async (said) => {
    const idle = Promise.withResolvers<void>();
    const server = await tcpServer((socket, number) => {
      socket.on('data', () => socket.write(OK));
      if (number === 1) idle.promise.then(() => socket.write(said));
    });
    const sender = senderWith();
    await sender.send(requestTo(server.url));
    // The connection is idle once the events of this response are over.
    await new Promise(setImmediate);
    idle.resolve();
    await allClosed(server);
    expect(responseOf(await sender.send(requestTo(server.url))).body).toBe('ok');
    expect(server.connections).toHaveLength(2);
  });

  it('are used once more if the rest of a response comes after the next request was sent', async () => {
    const received: string[] = [];
    const server = await answering((socket) => {
      received.push('again');
      socket.write('the rest\r\n\r\n', () => socket.write(OK));
    });
    const sender = senderWith();
    await sender.send(requestTo(server.url));
    expect(responseOf(await sender.send(requestTo(server.url)))).toMatchObject({ status: 200, body: 'ok' });
    responseOf(await sender.send(requestTo(server.url)));
    expect(received).toHaveLength(1);
    expect(server.connections).toHaveLength(2);
  });

  it.each([
    ['a 204 announces a body', 'HTTP/1.1 204 No Content\r\ntransfer-encoding: chunked\r\n\r\n'],
    ['fields were unfolded', 'HTTP/1.1 200 OK\r\ncontent-length:\r\n 0\r\n\r\n'],
    ['the last chunk is padded', `${CHUNKED}0 \r\n\r\n`],
    ['a chunk is padded', `${CHUNKED}2 \r\nok\r\n0\r\n\r\n`],
    ['a length is repeated', 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\ncontent-length: 0\r\n\r\n'],
  ])('are not used again after a response that leaves its end in doubt: %s', async (_, said) => {
    const server = await tcpServer((socket) => socket.on('data', () => socket.write(said)));
    const sender = senderWith();
    for (let n = 0; n < 3; n++) responseOf(await sender.send(requestTo(server.url)));
    expect(server.connections).toHaveLength(3);
  });

  it.each([
    ['a 204 with a length of 0', 'HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n'],
    ['chunks with extensions', `${CHUNKED}2 ;a=b\r\nok\r\n0;c\r\n\r\n`],
  ])('are used again after %s', async (_, said) => {
    const server = await tcpServer((socket) => socket.on('data', () => socket.write(said)));
    const sender = senderWith();
    for (let n = 0; n < 3; n++) responseOf(await sender.send(requestTo(server.url)));
    expect(server.connections).toHaveLength(1);
  });

  it('are dropped if the server says more than it was asked', async () => {
    const server = await tcpServer((socket, number) => {
      socket.on('data', () => socket.write(number === 1 ? `${OK}${OK.replace('ok', 'no')}` : OK));
    });
    const sender = senderWith();
    await sender.send(requestTo(server.url));
    expect(responseOf(await sender.send(requestTo(server.url))).body).toBe('ok');
    expect(server.connections).toHaveLength(2);
  });

  it('are replaced once if the server gave them up while they were idle', async () => {
    const server = await answering((socket) => socket.resetAndDestroy());
    const sender = senderWith();
    await sender.send(requestTo(server.url));
    expect(responseOf(await sender.send(requestTo(server.url))).body).toBe('ok');
    expect(server.connections).toHaveLength(2);
  });

  it('are replaced once if the server closes them instead of answering', async () => {
    const server = await answering((socket) => socket.end());
    const sender = senderWith();
    await sender.send(requestTo(server.url));
    expect(responseOf(await sender.send(requestTo(server.url))).body).toBe('ok');
    expect(server.connections).toHaveLength(2);
  });

  it('are replaced by a new one, not by another that was idle', async () => {
    let broken = 0;
    const server = await answering((socket) => {
      broken += 1;
      socket.resetAndDestroy();
    });
    const sender = senderWith();
    await Promise.all([1, 2, 3].map(() => sender.send(requestTo(server.url))));
    expect(responseOf(await sender.send(requestTo(server.url))).body).toBe('ok');
    expect(broken).toBe(1);
  });

  it('are not replaced twice', async () => {
    const server = await tcpServer((socket, number) => {
      if (number > 2) socket.resetAndDestroy();
      socket.once('data', () => {
        socket.write(OK);
        socket.on('data', () => socket.resetAndDestroy());
      });
    });
    const sender = senderWith();
    // Two idle connections that both break on use, and a third that breaks at once.
    await Promise.all([sender.send(requestTo(server.url)), sender.send(requestTo(server.url))]);
    expect(failureOf(await sender.send(requestTo(server.url))).error).toBe('connection');
    expect(server.connections).toHaveLength(3);
  });

  it('are not replaced after the response has begun', async () => {
    const server = await answering((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n', () => socket.resetAndDestroy());
    });
    const sender = senderWith();
    await sender.send(requestTo(server.url));
    expect(responseOf(await sender.send(requestTo(server.url))).truncated).toMatch(/reset/);
    // The next request's connection is the second: nothing was sent in between.
    responseOf(await sender.send(requestTo(server.url)));
    expect(server.connections).toHaveLength(2);
  });

  it('are replaced within the same deadline', async () => {
    const server = await tcpServer((socket, number) => {
      if (number > 1) {
        socket.resume();
        return;
      }
      socket.once('data', () => {
        socket.write(OK);
        socket.on('data', () => socket.resetAndDestroy());
      });
    });
    const sender = senderWith();
    await sender.send(requestTo(server.url));
    const result = await sender.send(requestTo(server.url, { timeoutMs: 200 }));
    expect(failureOf(result)).toEqual({ error: 'timeout', detail: 'no response came within 200 ms' });
    expect(server.connections).toHaveLength(2);
    await allClosed(server);
  });
});

describe('close', () => {
  it('closes the connections that are idle', async () => {
    const server = await httpServer((_, response) => response.end('ok'));
    const sender = senderWith();
    await Promise.all([sender.send(requestTo(server.url)), sender.send(requestTo(server.url))]);
    expect(server.connections.map((socket) => socket.destroyed)).toEqual([false, false]);
    sender.close();
    await allClosed(server);
  });

  it('ends everything that is under way', async () => {
    let asked = 0;
    const server = await httpServer(() => void asked++);
    const sender = senderWith();
    const pending = [1, 2, 3].map(() => sender.send(requestTo(server.url)));
    await expect.poll(() => asked, { timeout: 10_000 }).toBe(3);
    sender.close();
    const closed = { error: 'connection', detail: 'the sender was closed' };
    expect((await Promise.all(pending)).map(failureOf)).toEqual(Array(3).fill(closed));
    await allClosed(server);
  });

  it('ends what has only just begun, on a new connection or a kept one', async () => {
    const server = await httpServer((_, response) => response.end('ok'));
    const sender = senderWith();
    await sender.send(requestTo(server.url));
    const pending = [sender.send(requestTo(server.url)), sender.send(requestTo(server.url))];
    sender.close();
    expect((await Promise.all(pending)).map((result) => failureOf(result).error)).toEqual([
      'connection',
      'connection',
    ]);
    await allClosed(server);
  });

  it('ends what waits for a name server', async () => {
    const asked = Promise.withResolvers<void>();
    const resolve = () => {
      asked.resolve();
      return new Promise<never>(() => {});
    };
    const sender = senderWith({ resolve });
    const pending = sender.send(requestTo('http://hook.example/'));
    await asked.promise;
    sender.close();
    expect(failureOf(await pending).error).toBe('connection');
  });

  it('opens nothing any more', async () => {
    const server = await httpServer((_, response) => response.end('ok'));
    const sender = senderWith();
    sender.close();
    sender.close();
    expect(failureOf(await sender.send(requestTo(server.url)))).toEqual({
      error: 'connection',
      detail: 'the sender was closed',
    });
    expect(server.connections).toHaveLength(0);
  });

  it('lets the process end', async () => {
    const server = await httpServer((_, response) => response.end('ok'));
    const sender = senderWith();
    await sender.send(requestTo(server.url));
    sender.close();
    await allClosed(server);
    // The listening server is the test's own.
    expect(process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap')).toEqual([]);
  });
});
