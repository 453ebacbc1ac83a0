import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { LOGGED_BODY_BYTES } from '../../core/model/attempt.ts';
import {
  allClosed,
  failureOf,
  httpServer,
  requestTo,
  responseOf,
  sayingServer,
  senderWith,
  tcpServer,
} from './guarded-sender-fixture.ts';

interface Received {
  readonly message: IncomingMessage;
  readonly body: string;
}

async function recordingServer() {
  const received: Received[] = [];
  const server = await httpServer(async (message, response) => {
    received.push({ message, body: await text(message) });
    response.end('ok');
  });
  return { ...server, received };
}

describe('what the endpoint gets', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)(
    'is a %s with path, query, headers and the body',
    async (method) => {
      const server = await recordingServer();
      const headers = { 'Content-Type': 'text/plain', 'webhook-id': 'msg_1' };
      await senderWith().send(requestTo(`${server.url}/a%20b?c=d&e#f`, { method, headers, body: 'été' }));

      const [{ message, body } = { message: undefined, body: '' }] = server.received;
      expect(message?.method).toBe(method);
      expect(message?.url).toBe('/hook/a%20b?c=d&e');
      expect(message?.headers).toEqual({
        'content-type': 'text/plain',
        'webhook-id': 'msg_1',
        'content-length': '5',
        host: `127.0.0.1:${server.port}`,
        connection: 'keep-alive',
        'accept-encoding': 'identity',
      });
      expect(body).toBe('été');
    },
  );

  it('is no body at all for an empty one', async () => {
    const server = await recordingServer();
    await senderWith().send(requestTo(server.url, { method: 'DELETE', body: '' }));
    expect(server.received[0]?.message.headers['content-length']).toBe('0');
  });

  it('is asked for no compression, unless the subscription says otherwise', async () => {
    const server = await recordingServer();
    await senderWith().send(requestTo(server.url));
    await senderWith().send(requestTo(server.url, { headers: { 'Accept-Encoding': 'br' } }));
    expect(server.received.map(({ message }) => message.headers['accept-encoding'])).toEqual([
      'identity',
      'br',
    ]);
  });

  it.each(['{"a":1}', '{"city":"Orléans"}', ''])(
    'has one byte for each character of a header: %j',
    async (body) => {
      let received = Buffer.alloc(0);
      const server = await tcpServer((socket) => {
        socket.on('data', (chunk) => {
          received = Buffer.concat([received, chunk]);
          if (
            received.includes('\r\n\r\n') &&
            received.length >= received.indexOf('\r\n\r\n') + 4 + Buffer.byteLength(body)
          )
            socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
        });
      });
      await senderWith().send(requestTo(server.url, { headers: { 'x-city': 'Orléans ÿ' }, body }));
      const [head = '', rest] = received.toString('latin1').split('\r\n\r\n');
      expect(head).toContain('x-city: Orléans ÿ');
      expect(Buffer.from(rest ?? '', 'latin1').toString()).toBe(body);
    },
  );

  it('is framed by us, whatever the subscription sets', async () => {
    const server = await recordingServer();
    const headers = {
      Host: 'other.example',
      'CONTENT-LENGTH': '2',
      'Transfer-Encoding': 'chunked',
      Connection: 'upgrade',
      Upgrade: 'h2c',
      Expect: '100-continue',
      TE: 'trailers',
      Trailer: 'x-a',
      'x-a': 'kept',
    };
    await senderWith().send(requestTo(server.url, { headers, body: '{"a":1}' }));
    expect(server.received[0]?.message.headers).toEqual({
      'content-length': '7',
      host: `127.0.0.1:${server.port}`,
      connection: 'keep-alive',
      'accept-encoding': 'identity',
      'x-a': 'kept',
    });
    expect(server.received[0]?.body).toBe('{"a":1}');
  });

  it.each([
    ['x-a', 'line\r\nx-b: injected', /a character that HTTP does not allow/],
    ['x-a', '日本', /a character that HTTP does not allow/],
    ['x a', 'b', /a name that HTTP does not allow/],
    ['', 'b', /a name that HTTP does not allow/],
  ])('is nothing if a header cannot be sent: %j: %j', async (name, value, detail) => {
    const server = await recordingServer();
    const result = await senderWith().send(requestTo(server.url, { headers: { [name]: value } }));
    expect(failureOf(result)).toEqual({ error: 'connection', detail: expect.stringMatching(detail) });
    expect(server.connections).toHaveLength(0);
  });
});

describe('what comes back', () => {
  it('is status, headers in lower case and body, with the time it took', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(418, { 'X-Teapot': 'yes', 'Content-Type': 'text/plain' }).end('short and stout');
    });
    const result = await senderWith().send(requestTo(server.url));
    expect(responseOf(result)).toMatchObject({
      status: 418,
      headers: { 'x-teapot': 'yes', 'content-type': 'text/plain' },
      body: 'short and stout',
    });
    expect(result.durationMs).toBeGreaterThanOrEqual(0);
  });

  it.each([204, 304])('is an empty body for %i', async (status) => {
    const server = await httpServer((_, response) => response.writeHead(status).end());
    expect(responseOf(await senderWith().send(requestTo(server.url)))).toMatchObject({ status, body: '' });
  });

  it.each([301, 302, 307, 308])('is the %i itself: no redirect is followed', async (status) => {
    const asked: (string | undefined)[] = [];
    const server = await httpServer((message, response) => {
      asked.push(message.url);
      response.writeHead(status, { location: '/elsewhere' }).end();
    });
    const response = responseOf(await senderWith().send(requestTo(server.url)));
    expect(response).toMatchObject({ status, headers: { location: '/elsewhere' } });
    expect(asked).toEqual(['/hook']);
  });

  it('is the final response after informational ones', async () => {
    const server = await httpServer((_, response) => {
      response.writeContinue();
      response.writeProcessing();
      response.writeEarlyHints({ link: '</a>; rel=preload' }, () => response.end('final'));
    });
    expect(responseOf(await senderWith().send(requestTo(server.url)))).toMatchObject({
      status: 200,
      body: 'final',
    });
  });

  it('is a body that ends with the connection', async () => {
    const server = await tcpServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.0 200 OK\r\n\r\nold school'));
    });
    expect(responseOf(await senderWith().send(requestTo(server.url))).body).toBe('old school');
  });

  it('is at most 16 KB of the body', async () => {
    const server = await httpServer((_, response) => response.end('a'.repeat(40_960)));
    expect(responseOf(await senderWith().send(requestTo(server.url)))).toMatchObject({
      body: 'a'.repeat(LOGGED_BODY_BYTES),
      truncated: 'the first 16384 of 40960 bytes are kept',
    });
  });

  it.each([
    ['é', 2],
    ['€', 3],
    ['😀', 4],
  ])('is never cut within a character: %s', async (character, bytes) => {
    for (let lead = 0; lead < bytes; lead += 1) {
      const whole = 'a'.repeat(lead) + character.repeat(9000);
      const server = await httpServer((_, response) => response.end(whole));
      const { body } = responseOf(await senderWith().send(requestTo(server.url)));
      expect(whole.startsWith(body)).toBe(true);
      expect(LOGGED_BODY_BYTES - Buffer.byteLength(body)).toBeLessThan(bytes);
    }
  });

  it('is all of a body of exactly 16 KB that arrives byte by byte', async () => {
    const body = `${'é'.repeat(LOGGED_BODY_BYTES / 2 - 1)}ab`;
    const server = await httpServer(async (_, response) => {
      for (const byte of Buffer.from(body)) {
        response.write(Buffer.of(byte));
        await new Promise(setImmediate);
      }
      response.end();
    });
    expect(responseOf(await senderWith().send(requestTo(server.url))).body).toBe(body);
  });

  it('shows where the server itself sent half a character', async () => {
    const server = await httpServer((_, response) => response.end(Buffer.from('é').subarray(0, 1)));
    expect(responseOf(await senderWith().send(requestTo(server.url))).body).toBe('\ufffd');
  });

  it('is every header, whole', async () => {
    const many = Array.from({ length: 60 }, (_, i) => `x-${i}: ${'v'.repeat(i === 0 ? 1000 : 1)}`);
    const server = await sayingServer(
      'HTTP/1.1 503 No',
      ...many,
      'Retry-After: 120',
      'content-length: 0',
      '',
      '',
    );
    const { headers } = responseOf(await senderWith().send(requestTo(server.url)));
    expect(Object.keys(headers)).toHaveLength(62);
    expect(headers['x-0']).toBe('v'.repeat(1000));
    expect(headers['x-59']).toBe('v');
    expect(headers['retry-after']).toBe('120');
  });

  it('joins repeated headers, and knows no special names', async () => {
    const repeated = Array.from({ length: 200 }, (_, i) => `Set-Cookie: c${i}=1`);
    const odd = ['__proto__: a', 'constructor: b'];
    const server = await sayingServer(
      'HTTP/1.1 200 OK',
      'A: 1',
      'a: 2',
      ...odd,
      ...repeated,
      'content-length: 0',
      '',
      '',
    );
    const { headers } = responseOf(await senderWith().send(requestTo(server.url)));
    expect(headers.a).toBe('1, 2');
    expect(headers['set-cookie']).toMatch(/^c0=1, c1=1, .*, c199=1$/);
    expect(Object.entries(headers)).toContainEqual(['__proto__', 'a']);
    expect(headers.constructor).toBe('b');
  });
});

describe('a response that is too much', () => {
  it('counts as received after 64 KB of a body without end', async () => {
    const server = await httpServer((_, response) => {
      const chunk = 'x'.repeat(16_384);
      const pump = () => {
        while (response.write(chunk));
      };
      response.on('drain', pump);
      pump();
    });
    const response = responseOf(await senderWith().send(requestTo(server.url)));
    expect(response).toMatchObject({
      status: 200,
      body: 'x'.repeat(LOGGED_BODY_BYTES),
      truncated: expect.stringMatching(
        /^reading stopped after 64 KB; the first 16384 of \d+ bytes are kept$/,
      ),
    });
    await allClosed(server);
    // What the kernel buffered on both sides, and no more.
    expect(server.connections[0]?.bytesWritten).toBeLessThan(16 * 1024 * 1024);
  });

  it('is read to its end up to 64 KB, and the connection kept', async () => {
    const server = await httpServer((_, response) => response.end('x'.repeat(65_000)));
    const sender = senderWith();
    responseOf(await sender.send(requestTo(server.url)));
    responseOf(await sender.send(requestTo(server.url)));
    expect(server.connections).toHaveLength(1);
  });

  it('fails with more than 16 KB of headers', async () => {
    const server = await sayingServer('HTTP/1.1 200 OK', `x-a: ${'v'.repeat(17_000)}`, '', '');
    expect(failureOf(await senderWith().send(requestTo(server.url)))).toEqual({
      error: 'connection',
      detail: 'the response headers exceed 16 KB',
    });
  });

  it('fails with a flood of informational responses', async () => {
    const server = await sayingServer('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(1000), '', '');
    const failure = failureOf(await senderWith().send(requestTo(server.url)));
    expect(failure).toEqual({
      error: 'connection',
      detail: 'the server sent too many informational responses',
    });
    await allClosed(server);
  });

  it('is a response all the same if it comes before the request was read, and ends the connection', async () => {
    const server = await tcpServer((socket) => {
      socket.once('data', () => {
        socket.pause();
        socket.write('HTTP/1.1 413 Too Large\r\ncontent-length: 2\r\n\r\nno');
      });
    });
    const body = 'x'.repeat(20_000_000);
    const response = responseOf(await senderWith().send(requestTo(server.url, { body })));
    expect(response).toMatchObject({ status: 413, body: 'no' });
    const [socket] = server.connections;
    socket?.resume();
    await allClosed(server);
    expect(socket?.bytesRead).toBeLessThan(20_000_000);
  });
});
