import { generate } from 'selfsigned';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  failureOf,
  httpsServer,
  requestTo,
  resolving,
  responseOf,
  senderWith,
  tcpServer,
} from './guarded-sender-fixture.ts';

interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const DAY = 86_400_000;

async function certificateFor(name: string, validFor = DAY): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 2 * DAY),
    notAfterDate: new Date(Date.now() + validFor),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: name },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}

let valid: Certificate;
let expired: Certificate;

beforeAll(async () => {
  [valid, expired] = await Promise.all([
    certificateFor('hook.example'),
    certificateFor('hook.example', -DAY),
  ]);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

const resolve = resolving(['127.0.0.1']);

async function serving(certificate: Certificate, limits: { maxVersion?: 'TLSv1.1' | 'TLSv1.2' } = {}) {
  const names: (string | false | undefined)[] = [];
  const server = await httpsServer(
    // The server may offer what the sender must refuse.
    { ...certificate, minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0', ...limits },
    (message, response) => {
      names.push('servername' in message.socket ? (message.socket.servername as string | false) : undefined);
      response.end('secret');
    },
  );
  return { ...server, names, at: (host: string) => `https://${host}:${server.port}/` };
}

describe('a TLS connection', () => {
  it('is made to a server whose certificate is trusted, by its name', async () => {
    const server = await serving(valid);
    const sender = senderWith({ resolve, ca: valid.cert });
    expect(responseOf(await sender.send(requestTo(server.at('hook.example')))).body).toBe('secret');
    expect(server.names).toEqual(['hook.example']);
  });

  it('is made to a name with a final dot', async () => {
    const server = await serving(valid);
    const sender = senderWith({ resolve, ca: valid.cert });
    expect(responseOf(await sender.send(requestTo(server.at('hook.example.')))).body).toBe('secret');
    expect(server.names).toEqual(['hook.example']);
  });

  it('is made to an address that the certificate names', async () => {
    const server = await serving(valid);
    const sender = senderWith({ ca: valid.cert });
    expect(responseOf(await sender.send(requestTo(server.at('127.0.0.1')))).body).toBe('secret');
    expect(server.names).toEqual([false]);
  });

  it('is kept for the next request', async () => {
    const server = await serving(valid);
    const sender = senderWith({ resolve, ca: valid.cert });
    await sender.send(requestTo(server.at('hook.example')));
    expect(responseOf(await sender.send(requestTo(server.at('hook.example')))).body).toBe('secret');
    expect(server.connections).toHaveLength(1);
  });

  it('works with TLS 1.2', async () => {
    const server = await serving(valid, { maxVersion: 'TLSv1.2' });
    const sender = senderWith({ resolve, ca: valid.cert });
    expect(responseOf(await sender.send(requestTo(server.at('hook.example')))).status).toBe(200);
  });
});

describe('nothing is sent to a server', () => {
  it('whose certificate is self-signed', async () => {
    const server = await serving(valid);
    expect(failureOf(await senderWith({ resolve }).send(requestTo(server.at('hook.example'))))).toEqual({
      error: 'tls',
      detail: "the server's certificate is self-signed",
    });
    expect(server.names).toEqual([]);
  });

  it('whose certificate is self-signed, even if the environment says not to care', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const server = await serving(valid);
    expect(failureOf(await senderWith({ resolve }).send(requestTo(server.at('hook.example')))).error).toBe(
      'tls',
    );
    expect(server.names).toEqual([]);
  });

  it('whose certificate is for another name', async () => {
    const server = await serving(valid);
    const sender = senderWith({ resolve, ca: valid.cert });
    expect(failureOf(await sender.send(requestTo(server.at('other.example'))))).toEqual({
      error: 'tls',
      detail: "the server's certificate is for another host name",
    });
    expect(server.names).toEqual([]);
  });

  it('whose certificate is for another name, although a host header names that one', async () => {
    const server = await serving(valid);
    const sender = senderWith({ resolve, ca: valid.cert });
    const request = requestTo(server.at('other.example'), { headers: { host: 'hook.example' } });
    expect(failureOf(await sender.send(request)).error).toBe('tls');
    expect(server.names).toEqual([]);
  });

  it('whose certificate has expired', async () => {
    const server = await serving(expired);
    const sender = senderWith({ resolve, ca: expired.cert });
    expect(failureOf(await sender.send(requestTo(server.at('hook.example'))))).toEqual({
      error: 'tls',
      detail: "the server's certificate has expired",
    });
    expect(server.names).toEqual([]);
  });

  it('that only speaks TLS 1.1', async () => {
    const server = await serving(valid, { maxVersion: 'TLSv1.1' });
    const sender = senderWith({ resolve, ca: valid.cert });
    expect(failureOf(await sender.send(requestTo(server.at('hook.example')))).error).toBe('tls');
    expect(server.names).toEqual([]);
  });

  it('that does not speak TLS', async () => {
    const server = await tcpServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    });
    const result = await senderWith().send(requestTo(`https://127.0.0.1:${server.port}/`));
    expect(failureOf(result).error).toBe('tls');
  });

  it('that hangs up during the handshake', async () => {
    const server = await tcpServer((socket) => socket.once('data', () => socket.destroy()));
    const result = await senderWith().send(requestTo(`https://127.0.0.1:${server.port}/`));
    expect(failureOf(result)).toEqual({
      error: 'connection',
      detail: 'the server closed the connection before it had answered',
    });
  });
});
