import { describe, expect, it } from 'vitest';
import {
  failureOf,
  httpServer,
  LOCAL,
  PUBLIC,
  requestTo,
  resolving,
  responseOf,
  senderWith,
  tcpServer,
} from './guarded-sender-fixture.ts';

const ok = () => httpServer((_, response) => response.end('ok'));
const once = () =>
  tcpServer((socket) => {
    socket.once('data', () =>
      socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'),
    );
  });

describe('a URL that the policy forbids', () => {
  it.each([
    '127.0.0.1',
    '127.1',
    '0x7f000001',
    '2130706433',
    '[::ffff:127.0.0.1]',
    '１２７.０.０.１',
    '127.0.0.1.',
  ])('is never connected to: %s', async (host) => {
    const server = await ok();
    const sender = senderWith({}, PUBLIC);
    const failure = failureOf(await sender.send(requestTo(`https://${host}:${server.port}/`)));
    expect(failure.error).toBe('blocked-address');
    expect(failure.detail).toMatch(/^the URL is not a public address \((?:loopback|IPv4-mapped)\)$/);
    expect(server.connections).toHaveLength(0);
  });

  it.each([
    ['http://127.0.0.1:PORT/', PUBLIC, 'the URL must use https'],
    ['https://localhost:PORT/', PUBLIC, 'the URL is not a public host (localhost)'],
    ['https://user:secret@127.0.0.1:PORT/', LOCAL, 'the URL must not contain a user name or password'],
    ['http://127.0.0.1:PORT/', { ...LOCAL, allowHttp: false }, 'the URL must use https'],
    [
      'http://127.0.0.1:PORT/',
      { ...LOCAL, allowLoopback: false },
      'the URL is not a public address (loopback)',
    ],
    ['http://169.254.169.254/', LOCAL, 'the URL is not a public address (link-local)'],
  ])('is refused with the rule: %s', async (url, policy, detail) => {
    const server = await ok();
    const sender = senderWith({}, policy);
    const result = await sender.send(requestTo(url.replace('PORT', String(server.port))));
    expect(failureOf(result)).toEqual({ error: 'blocked-address', detail });
    expect(server.connections).toHaveLength(0);
  });

  it('is a failure, not a throw, if it is no URL at all', async () => {
    const result = await senderWith().send(requestTo('https://exa mple.com/'));
    expect(failureOf(result)).toEqual({ error: 'connection', detail: 'the URL is not valid' });
  });
});

describe('a name', () => {
  it.each([
    ['a private address', ['10.0.0.1']],
    ['loopback', ['127.0.0.1']],
    ['loopback in disguise', ['::ffff:127.0.0.1']],
    ['the metadata service', ['169.254.169.254']],
    ['a public address and then a private one', ['93.184.216.34', '10.0.0.1']],
    ['a private address and then a public one', ['fd00::1', '93.184.216.34']],
    ['something that is no address', ['127.1']],
    ['nothing', []],
  ])('is refused with the same failure if it resolves to %s', async (_, addresses) => {
    const server = await ok();
    const sender = senderWith({ resolve: resolving(addresses) }, PUBLIC);
    expect(failureOf(await sender.send(requestTo(`https://hook.example:${server.port}/`)))).toEqual({
      error: 'dns',
      detail: 'the host name could not be resolved to a public address',
    });
    expect(server.connections).toHaveLength(0);
  });

  it('is resolved again when its answer has expired, so a later private answer is refused', async () => {
    const server = await once();
    const resolve = resolving(['127.0.0.1'], ['10.0.0.1']);
    let now = 0;
    const sender = senderWith({ resolve, clock: () => now });
    const url = `http://hook.example:${server.port}/`;
    expect(responseOf(await sender.send(requestTo(url))).status).toBe(200);
    now = 9999;
    expect(responseOf(await sender.send(requestTo(url))).status).toBe(200);
    now = 10_000;
    expect(failureOf(await sender.send(requestTo(url))).error).toBe('dns');
    expect(resolve.calls).toHaveLength(2);
    expect(server.connections).toHaveLength(2);
  });

  it('is connected to at the very address that was judged, without asking again', async () => {
    const server = await once();
    // Whoever asks twice gets an address on which nothing listens.
    const resolve = resolving(['127.0.0.1'], ['127.0.0.2']);
    const sender = senderWith({ resolve });
    expect(responseOf(await sender.send(requestTo(`http://hook.example:${server.port}/`))).status).toBe(200);
    expect(resolve.calls).toEqual(['hook.example']);
    expect(server.connections[0]?.localAddress).toBe('127.0.0.1');
  });

  it('is tried at its next address if the first does not answer', async () => {
    const server = await ok();
    const sender = senderWith({ resolve: resolving(['::1', '127.0.0.2', '127.0.0.1']) });
    const response = responseOf(await sender.send(requestTo(`http://hook.example:${server.port}/`)));
    expect(response.body).toBe('ok');
  });

  it('is refused if each of its addresses refuses', async () => {
    const sender = senderWith({ resolve: resolving(['127.0.0.2', '127.0.0.3']) });
    const result = await sender.send(requestTo('http://hook.example:1024/'));
    expect(failureOf(result)).toEqual({ error: 'connection', detail: 'the server refused the connection' });
  });

  it('is resolved once for all who wait for it', async () => {
    const server = await ok();
    const resolve = resolving(['127.0.0.1'], ['10.0.0.1']);
    const sender = senderWith({ resolve });
    const url = `http://hook.example:${server.port}/`;
    const results = await Promise.all([1, 2, 3, 4].map(() => sender.send(requestTo(url))));
    expect(results.map((result) => responseOf(result).status)).toEqual([200, 200, 200, 200]);
    expect(resolve.calls).toEqual(['hook.example']);
    expect(server.connections).toHaveLength(4);
  });

  it.each(['localhost', 'hooks.localhost', 'localhost.'])('is loopback: %s', async (name) => {
    const server = await ok();
    expect(responseOf(await senderWith().send(requestTo(`http://${name}:${server.port}/`))).body).toBe('ok');
  });
});
