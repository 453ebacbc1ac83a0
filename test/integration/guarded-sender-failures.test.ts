import { describe, expect, it } from 'vitest';
import { NO_STATUS_LINE } from '../../core/adapters/http/response-head.ts';
import {
  isReset,
  NO_LENGTH,
  TWO_FRAMINGS,
  transportFailure,
} from '../../core/adapters/http/transport-failure.ts';
import {
  allClosed,
  failureOf,
  httpServer,
  requestTo,
  resolving,
  responseOf,
  sayingServer,
  senderWith,
  tcpServer,
} from './guarded-sender-fixture.ts';

const OK = 'HTTP/1.1 200 OK\r\n';
const GOT_HEAD = 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n';

describe('the deadline', () => {
  it('ends the wait for a response, and the connection', async () => {
    const server = await tcpServer((socket) => socket.resume());
    const result = await senderWith().send(requestTo(server.url, { timeoutMs: 200 }));
    expect(failureOf(result)).toEqual({ error: 'timeout', detail: 'no response came within 200 ms' });
    await allClosed(server);
  });

  it('ends the wait for the headers to end', async () => {
    const server = await tcpServer((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nx-a: '));
      const drip = setInterval(() => socket.write('a'), 5);
      socket.on('close', () => clearInterval(drip));
    });
    const result = await senderWith().send(requestTo(server.url, { timeoutMs: 200 }));
    expect(failureOf(result)).toEqual({ error: 'timeout', detail: 'no response came within 200 ms' });
    await allClosed(server);
  });

  it('ends the wait for a body that never comes', async () => {
    const server = await sayingServer(GOT_HEAD);
    const result = await senderWith().send(requestTo(server.url, { timeoutMs: 200 }));
    expect(responseOf(result)).toMatchObject({
      status: 200,
      truncated: 'the response did not end within 200 ms',
    });
    expect(result.durationMs).toBeGreaterThanOrEqual(200);
    await allClosed(server);
  });

  it('is not moved by a body that drips', async () => {
    const server = await httpServer((_, response) => {
      const drip = setInterval(() => response.write('a'), 5);
      response.on('close', () => clearInterval(drip));
    });
    const result = await senderWith().send(requestTo(server.url, { timeoutMs: 200 }));
    expect(responseOf(result)).toMatchObject({
      status: 200,
      truncated: 'the response did not end within 200 ms',
    });
    expect(result.durationMs).toBeGreaterThanOrEqual(200);
    await allClosed(server);
  });

  it('does not count while this process has no time for an answer', async () => {
    const server = await httpServer((_, response) => response.end('late'));
    const sent = senderWith().send(requestTo(server.url, { timeoutMs: 400 }));
    for (let n = 0; n < 3; n++) {
      await new Promise(setImmediate);
      const until = performance.now() + 500;
      while (performance.now() < until);
    }
    expect(await sent).toMatchObject({ response: { status: 200, body: 'late' } });
  });

  it('covers a name server that never answers', async () => {
    const sender = senderWith({ resolve: () => new Promise(() => {}) });
    const result = await sender.send(requestTo('http://hook.example/', { timeoutMs: 200 }));
    expect(failureOf(result)).toEqual({
      error: 'timeout',
      detail: 'no connection could be made within 200 ms',
    });
  });

  it('covers a TLS handshake that never ends', async () => {
    const server = await tcpServer((socket) => socket.resume());
    const url = `https://127.0.0.1:${server.port}/`;
    const result = await senderWith().send(requestTo(url, { timeoutMs: 200 }));
    expect(failureOf(result).error).toBe('timeout');
    await allClosed(server);
  });

  it('leaves no timer behind', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const server = await tcpServer((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\n')),
    );
    const sender = senderWith();
    const before = timers();
    await sender.send(requestTo(server.url, { timeoutMs: 300_000 }));
    await sender.send(requestTo('http://127.0.0.1:1/', { timeoutMs: 300_000 }));
    await sender.send(requestTo(server.url, { timeoutMs: 300_000, headers: { 'x-a': '\n' } }));
    expect(timers()).toBeLessThanOrEqual(before);
  });
});

describe('a broken connection', () => {
  it('is told from a refused one', async () => {
    // Reserved and unassigned as a service; nothing listens there.
    const result = await senderWith().send(requestTo('http://127.0.0.1:1/'));
    expect(failureOf(result)).toEqual({ error: 'connection', detail: 'the server refused the connection' });
  });

  it.each([
    ['before any answer', ''],
    ['within the headers', 'HTTP/1.1 200 OK\r\ncontent-le'],
  ])('is a failure: reset %s', async (_, said) => {
    const server = await tcpServer((socket) => {
      socket.once('data', () => socket.write(said, () => socket.resetAndDestroy()));
    });
    expect(failureOf(await senderWith().send(requestTo(server.url)))).toEqual({
      error: 'connection',
      detail: 'the server closed the connection before it had answered',
    });
    expect(server.connections).toHaveLength(1);
  });

  it.each([
    ['resetAndDestroy', 'the server reset the connection in the middle of its response'],
    ['end', 'the server closed the connection in the middle of its response'],
  ] as const)('is a response that is truncated, within the body: %s', async (how, truncated) => {
    const server = await tcpServer((socket) => {
      socket.once('data', () => socket.write(`${GOT_HEAD}half`, () => socket[how]()));
    });
    expect(responseOf(await senderWith().send(requestTo(server.url)))).toMatchObject({
      status: 200,
      body: 'half',
      truncated,
    });
    expect(server.connections).toHaveLength(1);
  });

  it.each([
    ['SSH-2.0-OpenSSH_9.6', NO_STATUS_LINE],
    ['220 smtp.example ESMTP', NO_STATUS_LINE],
    ['HTTP/9.9 200 OK', NO_STATUS_LINE],
    ['HTTP/1.1 20 OK', NO_STATUS_LINE],
    ['\0\0\0\0', NO_STATUS_LINE],
    [`${OK}content-length: 1\r\ncontent-length: 2`, 'the response has more than one content-length'],
    [`${OK}content-length: 1, 2`, 'the response has more than one content-length'],
    [`${OK}content-length: -1`, NO_LENGTH],
    [`${OK}content-length: 1\r\ntransfer-encoding: chunked`, TWO_FRAMINGS],
    [`${OK}transfer-encoding:\r\n chunked\r\ncontent-length: 1`, TWO_FRAMINGS],
    [`${OK}x-a: 1\0`, 'a response header has a control character'],
    [`${OK}x-a\x01: 1`, 'a response header has a control character'],
  ])('is a failure if the response is not one of HTTP: %j', async (said, detail) => {
    const server = await sayingServer(said, '', '');
    expect(failureOf(await senderWith().send(requestTo(server.url)))).toEqual({
      error: 'connection',
      detail,
    });
    await allClosed(server);
  });

  it('is a response that is truncated if the body is badly framed', async () => {
    const server = await sayingServer(
      'HTTP/1.1 200 OK',
      'transfer-encoding: chunked',
      '',
      '4',
      'body',
      'zz',
      'more',
    );
    expect(responseOf(await senderWith().send(requestTo(server.url)))).toMatchObject({
      status: 200,
      body: 'body',
      truncated: 'a chunk of the response is malformed',
    });
    await allClosed(server);
  });

  it('is a failure if the server leaves HTTP', async () => {
    const server = await sayingServer(
      'HTTP/1.1 101 Switching Protocols',
      'upgrade: x',
      'connection: upgrade',
      '',
      '',
    );
    expect(failureOf(await senderWith().send(requestTo(server.url)))).toEqual({
      error: 'connection',
      detail: 'the server ended the exchange without a response',
    });
    await allClosed(server);
  });
});

describe('a name that does not resolve', () => {
  it('is a dns failure', async () => {
    const sender = senderWith({ resolve: resolving([]) });
    expect(failureOf(await sender.send(requestTo('http://hook.example/')))).toEqual({
      error: 'dns',
      detail: 'the host name could not be resolved to a public address',
    });
  });
});

describe('an error', () => {
  it.each([
    ['CERT_REVOKED', 'tls'],
    ['CRL_HAS_EXPIRED', 'tls'],
    ['INVALID_CA', 'tls'],
    ['INVALID_PURPOSE', 'tls'],
    ['HOSTNAME_MISMATCH', 'tls'],
    ['PATH_LENGTH_EXCEEDED', 'tls'],
    ['UNABLE_TO_GET_ISSUER_CERT', 'tls'],
    ['ERROR_IN_CERT_NOT_AFTER_FIELD', 'tls'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls'],
    ['ERR_OSSL_EVP_UNSUPPORTED', 'tls'],
    ['HPE_INVALID_CHUNK_SIZE', 'connection'],
    ['ETIMEDOUT', 'timeout'],
    ['EPIPE', 'connection'],
    ['EMFILE', 'connection'],
    ['something else', 'connection'],
  ])('with the code %s is a %s failure', (code, kind) => {
    expect(transportFailure(Object.assign(new Error('at 10.0.0.1'), { code })).error).toBe(kind);
  });

  it.each([new Error('connect to 10.0.0.1'), 'text', undefined])(
    'without a code is told without its text: %s',
    (cause) => {
      expect(transportFailure(cause)).toEqual({
        error: 'connection',
        detail: 'the connection failed (unknown)',
      });
    },
  );

  it('of a connection that the peer ended is told from others', () => {
    const codes = ['ECONNRESET', 'EPIPE', 'ECONNREFUSED', 'ETIMEDOUT', 'HPE_INVALID_CONSTANT'];
    expect(codes.filter((code) => isReset(Object.assign(new Error(), { code })))).toEqual([
      'ECONNRESET',
      'EPIPE',
    ]);
  });
});
