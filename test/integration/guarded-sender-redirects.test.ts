import type { IncomingMessage, RequestListener } from 'node:http';
import { generate } from 'selfsigned';
import { describe, expect, it } from 'vitest';
import type { OutgoingRequest } from '../../core/model/send-result.ts';
import {
  failureOf,
  httpServer,
  httpsServer,
  LOCAL,
  requestTo,
  resolving,
  responseOf,
  senderWith,
} from './guarded-sender-fixture.ts';

const ELSEWHERE = { 'content-type': 'application/json', 'user-agent': 'Ancrage/test', 'ancrage-hops': '1' };
const SECRETS = { authorization: 'Bearer s3cret', 'x-api-key': 's3cret', 'webhook-signature': 'v1,s3cret' };

const following = (style: 'ancrage' | 'python', changes: Partial<OutgoingRequest> = {}) =>
  ({
    headers: { ...ELSEWHERE, ...SECRETS },
    redirects: { style, headersElsewhere: ELSEWHERE },
    ...changes,
  }) satisfies Partial<OutgoingRequest>;

interface Seen extends Pick<IncomingMessage, 'method' | 'url' | 'headers'> {
  readonly body: string;
}

/** A server that keeps what it is asked, and redirects each of these paths with a status to a location. */
function redirecting(paths: Readonly<Record<string, readonly [number, string]>>) {
  const seen: Seen[] = [];
  const listener: RequestListener = (message, response) => {
    let body = '';
    message.on('data', (chunk) => {
      body += chunk;
    });
    message.on('end', () => {
      const { method, url = '', headers } = message;
      seen.push({ method, url, headers, body });
      const [status, location] = paths[url] ?? [200, undefined];
      response.writeHead(status, location === undefined ? {} : { location }).end(`${method} ${url}`);
    });
  };
  return { seen, listener };
}

async function redirectingServer(paths: Readonly<Record<string, readonly [number, string]>>) {
  const { seen, listener } = redirecting(paths);
  return { ...(await httpServer(listener)), seen };
}

describe('a redirect that a request follows', () => {
  it.each([302, 303])('is followed once with a GET without body: %i', async (status) => {
    const server = await redirectingServer({ '/hook': [status, '/done?a=b|c'] });
    const result = await senderWith().send(requestTo(server.url, following('ancrage')));
    expect(responseOf(result)).toMatchObject({ status: 200, body: 'GET /done?a=b%7Cc' });
    const location = server.url.replace('/hook', '/done?a=b%7Cc');
    expect(result.redirects).toEqual([{ status, method: 'GET', location }]);
    const [first, second] = server.seen;
    expect(first).toMatchObject({ method: 'POST', body: '{"a":1}', headers: SECRETS });
    expect(second).toMatchObject({ method: 'GET', body: '', headers: SECRETS });
    expect(second?.headers).not.toHaveProperty('content-type');
    expect(second?.headers).not.toHaveProperty('content-length');
  });

  it.each([
    [301, 'POST', 'GET', ''],
    [301, 'PUT', 'PUT', ''],
    [302, 'POST', 'GET', ''],
    [302, 'DELETE', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [307, 'POST', 'POST', '{"a":1}'],
    [308, 'PUT', 'PUT', '{"a":1}'],
  ] as const)(
    'has the method of Python’s requests: %i after %s is %s',
    async (status, method, next, body) => {
      const server = await redirectingServer({ '/hook': [status, '/done'] });
      const result = await senderWith().send(requestTo(server.url, following('python', { method })));
      expect(responseOf(result).status).toBe(200);
      expect(server.seen[1]).toMatchObject({ method: next, body });
      expect(server.seen[1]?.headers['content-type']).toBe(body === '' ? undefined : 'application/json');
    },
  );

  it('tells another origin no secret', async () => {
    const other = await redirectingServer({});
    const server = await redirectingServer({ '/hook': [307, other.url] });
    await senderWith().send(requestTo(server.url, following('python')));
    expect(other.seen).toMatchObject([{ method: 'POST', body: '{"a":1}', headers: ELSEWHERE }]);
    expect(JSON.stringify(other.seen)).not.toContain('s3cret');
  });

  it.each([
    ['another host', 'http://localhost:PORT/done'],
    ['another port', 'http://127.0.0.1:OTHER/done'],
  ])('takes %s for another origin', async (_, location) => {
    const other = await redirectingServer({});
    const paths: Record<string, readonly [number, string]> = {};
    const server = await redirectingServer(paths);
    paths['/hook'] = [302, location.replace('PORT', `${server.port}`).replace('OTHER', `${other.port}`)];
    const result = await senderWith({ resolve: resolving(['127.0.0.1']) }).send(
      requestTo(server.url, following('ancrage')),
    );
    expect(responseOf(result).status).toBe(200);
    const last = [...server.seen.slice(1), ...other.seen];
    expect(last).toHaveLength(1);
    expect(JSON.stringify(last)).not.toContain('s3cret');
  });

  it('goes back to its own origin without what the other origin did not get', async () => {
    const paths: Record<string, readonly [number, string]> = {};
    const other = await redirectingServer(paths);
    const server = await redirectingServer({ '/hook': [307, other.url] });
    paths['/hook'] = [307, server.url.replace('/hook', '/back')];
    await senderWith().send(requestTo(server.url, following('python')));
    expect(server.seen.map(({ url }) => url)).toEqual(['/hook', '/back']);
    expect(JSON.stringify(server.seen[1])).not.toContain('s3cret');
  });
});

describe('a redirect that is not followed', () => {
  const refusalOf = async (location: string, policy = LOCAL, style: 'ancrage' | 'python' = 'python') => {
    const server = await redirectingServer({ '/hook': [302, location] });
    const result = await senderWith({}, policy).send(requestTo(server.url, following(style)));
    expect(responseOf(result).status).toBe(302);
    expect(server.seen).toHaveLength(1);
    expect(result).not.toHaveProperty('redirects');
    return 'notFollowed' in result ? result.notFollowed : undefined;
  };

  it.each([
    ['http://169.254.169.254/latest/meta-data', 'its URL is not a public address (link-local)'],
    ['http://10.0.0.1/', 'its URL is not a public address (private)'],
    ['http://0x0a000001/', 'its URL is not a public address (private)'],
    ['//[fd00::1]/', 'its URL is not a public address (unique local)'],
    ['ftp://example.com/', 'its URL must use https or http'],
    ['file:///etc/passwd', 'its URL must use https or http'],
    ['javascript:alert(1)', 'its URL must use https or http'],
    ['http://user:pass@example.com/', 'its URL must not contain a user name or password'],
    ['http://example.com:22/', 'its URL must use port 443 or 1024-65535, not 22'],
    ['http://:::/', 'its URL is not a valid URL'],
    ['http://', 'its URL is not a valid URL'],
    ['', 'it has no location'],
    [`/${'a'.repeat(3000)}`, 'its URL is longer than 2048 characters'],
  ])('leads to where no hook may be: %s', async (location, reason) => {
    const refused = await refusalOf(location);
    expect(refused?.replace(/\((?!l|p)[\w -]+\)/, '(unique local)')).toBe(reason);
  });

  it('has no location', async () => {
    const server = await httpServer((_, response) => response.writeHead(302).end());
    const result = await senderWith().send(requestTo(server.url, following('ancrage')));
    expect(result).toMatchObject({ response: { status: 302 }, notFollowed: 'it has no location' });
  });

  it('is one more than may be followed: a loop ends', async () => {
    const server = await redirectingServer({ '/hook': [302, '/hook'] });
    const python = await senderWith().send(requestTo(server.url, following('python')));
    expect(python).toMatchObject({ response: { status: 302 }, notFollowed: 'it is redirect 6' });
    expect(python.redirects).toHaveLength(5);
    expect(server.seen).toHaveLength(6);
    const own = await senderWith().send(requestTo(server.url, following('ancrage')));
    expect(own).toMatchObject({ response: { status: 302 }, notFollowed: 'it is redirect 2' });
    expect(server.seen).toHaveLength(8);
  });

  it.each([301, 307, 308, 300, 304])('has another status than 302 and 303: %i', async (status) => {
    const server = await redirectingServer({ '/hook': [status, '/done'] });
    const result = await senderWith().send(requestTo(server.url, following('ancrage')));
    expect(responseOf(result).status).toBe(status);
    expect(server.seen).toHaveLength(1);
  });

  it('leads from https to http', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    });
    const plain = await redirectingServer({});
    const { listener } = redirecting({ '/hook': [302, plain.url], '/same': [302, '/done'] });
    const server = await httpsServer({ key, cert }, listener);
    const sender = senderWith({ ca: cert });
    const result = await sender.send(requestTo(server.url, following('python')));
    expect(result).toMatchObject({ response: { status: 302 }, notFollowed: 'it leads from https to http' });
    expect(plain.connections).toHaveLength(0);
    const same = server.url.replace('/hook', '/same');
    expect(responseOf(await sender.send(requestTo(same, following('python')))).status).toBe(200);
  });
});

describe('a redirect whose request fails', () => {
  it('fails like any other request to a name with a private address', async () => {
    const server = await redirectingServer({ '/hook': [302, 'http://inner.example:8080/'] });
    const sender = senderWith({ resolve: resolving(['10.0.0.1']) });
    const result = await sender.send(requestTo(server.url, following('ancrage')));
    expect(failureOf(result)).toEqual({
      error: 'dns',
      detail: 'the host name could not be resolved to a public address',
    });
    expect(result.redirects).toEqual([
      { status: 302, method: 'GET', location: 'http://inner.example:8080/' },
    ]);
  });

  it('has no deadline of its own', async () => {
    const server = await httpServer((message, response) => {
      if (message.url === '/hook')
        setTimeout(() => response.writeHead(302, { location: '/silent' }).end(), 300);
    });
    const result = await senderWith().send(requestTo(server.url, following('ancrage', { timeoutMs: 500 })));
    expect(failureOf(result).error).toBe('timeout');
    expect(result.redirects).toHaveLength(1);
    expect(result.durationMs).toBeGreaterThanOrEqual(450);
    const [, allowed = ''] = /within (\d+) ms/.exec(failureOf(result).detail) ?? [];
    expect(Number(allowed)).toBeLessThan(500);
  });
});
