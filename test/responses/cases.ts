import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

/** What a server says to a request. */
export interface ResponseCase {
  readonly name: string;
  /** One character per byte. What stands in one part arrives together, and each part some time after the one before. */
  readonly says: readonly string[];
  /** What the server does then. @default 'stays': it keeps the connection open */
  readonly ending?: 'stays' | 'closes' | 'resets';
}

const OK = 'HTTP/1.1 200 OK\r\n';
const NO_CONTENT = 'HTTP/1.1 204 No Content\r\n';
const LENGTH_2 = 'content-length: 2\r\n';
const CHUNKED = 'transfer-encoding: chunked\r\n';
const CHUNKS = '2\r\nok\r\n0\r\n\r\n';
const lines = (...each: string[]) => `${each.join('\r\n')}\r\n\r\n`;
const bytes = (buffer: Buffer) => buffer.toString('latin1');
const encoded = (coding: string, body: Buffer) =>
  `${OK}content-encoding: ${coding}\r\ncontent-length: ${body.length}\r\n\r\n${bytes(body)}`;

/** The groups of the table. */
export const CASES: Readonly<Record<string, readonly ResponseCase[]>> = {
  'Well-formed responses': [
    { name: 'a body with a length', says: [`${OK}${LENGTH_2}\r\nok`] },
    { name: 'a body in chunks', says: [`${OK}${CHUNKED}\r\n${CHUNKS}`] },
    {
      name: 'chunks with extensions and a trailer',
      says: [`${OK}${CHUNKED}\r\n2;a=b\r\nok\r\n0\r\nx-a: 1\r\n\r\n`],
    },
    { name: 'a body until the connection ends', says: [`${OK}\r\nok`], ending: 'closes' },
    { name: 'HTTP/1.0', says: ['HTTP/1.0 200 OK\r\n\r\nok'], ending: 'closes' },
    { name: '204', says: [`${NO_CONTENT}\r\n`] },
    { name: 'a status line without a reason', says: [`HTTP/1.1 200\r\n${LENGTH_2}\r\nok`] },
    {
      name: 'informational responses first',
      says: [`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n${OK}${LENGTH_2}\r\nok`],
    },
    { name: 'a field value in Latin-1', says: [`${OK}${LENGTH_2}x-a: caf\xe9\r\n\r\nok`] },
    {
      name: 'a head that arrives in pieces',
      says: ['HTTP', '/1.1 200 OK\r', '\ncontent-le', 'ngth: 2\r\n\r', '\nok'],
    },
    { name: 'a status beyond 599', says: [`HTTP/1.1 799 Odd\r\n${LENGTH_2}\r\nok`] },
  ],
  'Bytes after the response': [
    { name: '204 and a body', says: [`${NO_CONTENT}\r\nok`] },
    { name: '204 and a body that comes late', says: [`${NO_CONTENT}\r\n`, 'ok'] },
    { name: '204 that announces the length of its body', says: [`${NO_CONTENT}${LENGTH_2}\r\nok`] },
    { name: '204 and the end of chunks', says: [`${NO_CONTENT}\r\n0\r\n\r\n`] },
    { name: '204 in chunks', says: [`${NO_CONTENT}${CHUNKED}\r\n0\r\n\r\n`] },
    { name: '204 in chunks that come late', says: [`${NO_CONTENT}${CHUNKED}\r\n`, '0\r\n\r\n'] },
    { name: '304 and a body', says: ['HTTP/1.1 304 Not Modified\r\n\r\nok'] },
    { name: 'a length that is too small', says: [`${OK}${LENGTH_2}\r\nokay, and more`] },
    {
      name: 'a length that is too small, and the rest late',
      says: [`${OK}${LENGTH_2}\r\nok`, 'ay, and more'],
    },
    { name: 'a length of 0 and a body', says: [`${OK}content-length: 0\r\n\r\nok`] },
    { name: 'text after the last chunk', says: [`${OK}${CHUNKED}\r\n${CHUNKS}more`] },
    { name: 'text after the last chunk, late', says: [`${OK}${CHUNKED}\r\n${CHUNKS}`, 'more'] },
    { name: 'an additional line end', says: [`${OK}${LENGTH_2}\r\nok\r\n`] },
    {
      name: 'text after a connection that is to be closed',
      says: [`${OK}connection: close\r\n${LENGTH_2}\r\nokay`],
      ending: 'closes',
    },
    { name: 'the same response twice', says: [`${OK}${LENGTH_2}\r\nok${OK}${LENGTH_2}\r\nok`] },
    { name: '410 and a length that is too small', says: [`HTTP/1.1 410 Gone\r\n${LENGTH_2}\r\nokay`] },
    {
      name: '429 with Retry-After, and a length that is too small',
      says: [`HTTP/1.1 429 Busy\r\nretry-after: 7\r\n${LENGTH_2}\r\nokay`],
    },
    { name: 'an additional line end, and a reset', says: [`${OK}${LENGTH_2}\r\nok\r\n`], ending: 'resets' },
  ],
  'Bodies that break off or are malformed': [
    { name: 'a length that is too large', says: [`${OK}content-length: 5\r\n\r\nok`], ending: 'closes' },
    {
      name: 'a length that is too large, and a reset',
      says: [`${OK}content-length: 5\r\n\r\nok`],
      ending: 'resets',
    },
    { name: 'a length that is too large, and nothing more', says: [`${OK}content-length: 5\r\n\r\nok`] },
    { name: 'no body at all, despite its length', says: [`${OK}${LENGTH_2}\r\n`], ending: 'closes' },
    { name: 'a body until the connection ends in a reset', says: [`${OK}\r\nok`], ending: 'resets' },
    { name: 'chunks without the last one', says: [`${OK}${CHUNKED}\r\n2\r\nok\r\n`], ending: 'closes' },
    {
      name: 'chunks without the final empty line',
      says: [`${OK}${CHUNKED}\r\n2\r\nok\r\n0\r\n`],
      ending: 'closes',
    },
    { name: 'chunk sizes padded with spaces', says: [`${OK}${CHUNKED}\r\n2  \r\nok\r\n0  \r\n\r\n`] },
    {
      name: 'chunks with white space around extensions',
      says: [`${OK}${CHUNKED}\r\n2 ; a=b\r\nok\r\n0\t;c\r\n\r\n`],
    },
    { name: 'a chunk size and another', says: [`${OK}${CHUNKED}\r\n2 0\r\nok\r\n0\r\n\r\n`] },
    { name: 'chunk sizes with leading spaces', says: [`${OK}${CHUNKED}\r\n 2\r\nok\r\n 0\r\n\r\n`] },
    { name: 'chunk sizes with leading zeros', says: [`${OK}${CHUNKED}\r\n0002\r\nok\r\n0000\r\n\r\n`] },
    { name: 'chunk sizes with 0x', says: [`${OK}${CHUNKED}\r\n0x2\r\nok\r\n0\r\n\r\n`] },
    { name: 'a chunk size that is none', says: [`${OK}${CHUNKED}\r\n2\r\nok\r\nzz\r\n`] },
    { name: 'a chunk that is longer than its size', says: [`${OK}${CHUNKED}\r\n2\r\nokay\r\n0\r\n\r\n`] },
    { name: 'chunks with bare LF', says: [`${OK}${CHUNKED}\r\n2\nok\n0\n\n`] },
    { name: 'a body that claims to be in chunks', says: [`${OK}${CHUNKED}\r\nok`], ending: 'closes' },
    { name: 'a folded trailer', says: [`${OK}${CHUNKED}\r\n2\r\nok\r\n0\r\nx-a: 1\r\n 2\r\n\r\n`] },
    {
      name: '503 that breaks off',
      says: ['HTTP/1.1 503 Busy\r\ncontent-length: 5\r\n\r\nno'],
      ending: 'closes',
    },
  ],
  Heads: [
    { name: 'a length that is repeated', says: [`${OK}${LENGTH_2}${LENGTH_2}\r\nok`] },
    { name: 'a list of equal lengths', says: [`${OK}content-length: 2, 2\r\n\r\nok`] },
    { name: 'different lengths', says: [`${OK}${LENGTH_2}content-length: 3\r\n\r\nok`], ending: 'closes' },
    { name: 'a list of different lengths', says: [`${OK}content-length: 2, 3\r\n\r\nok`], ending: 'closes' },
    { name: 'a length with a plus sign', says: [`${OK}content-length: +2\r\n\r\nok`], ending: 'closes' },
    { name: 'a negative length', says: [`${OK}content-length: -1\r\n\r\nok`], ending: 'closes' },
    { name: 'a length that is text', says: [`${OK}content-length: two\r\n\r\nok`], ending: 'closes' },
    { name: 'an empty length', says: [`${OK}content-length:\r\n\r\nok`], ending: 'closes' },
    {
      name: 'a length beyond 64 bits',
      says: [`${OK}content-length: 99999999999999999999\r\n\r\nok`],
      ending: 'closes',
    },
    { name: 'a length with leading zeros', says: [`${OK}content-length: 0002\r\n\r\nok`] },
    { name: 'a length and chunks', says: [`${OK}content-length: 12\r\n${CHUNKED}\r\n${CHUNKS}`] },
    {
      name: 'a length and the encoding identity',
      says: [`${OK}transfer-encoding: identity\r\n${LENGTH_2}\r\nok`],
    },
    { name: 'chunked twice', says: [`${OK}${CHUNKED}${CHUNKED}\r\n${CHUNKS}`] },
    {
      name: 'an encoding that is not known',
      says: [`${OK}transfer-encoding: rot13\r\n\r\nok`],
      ending: 'closes',
    },
    { name: 'folded fields', says: [`${OK}x-a: 1\r\n 2\r\n\t3\r\n${LENGTH_2}\r\nok`] },
    { name: 'a folded length', says: [`${OK}content-length:\r\n 2\r\n\r\nok`] },
    { name: 'bare LF', says: ['HTTP/1.1 200 OK\ncontent-length: 2\n\nok'] },
    { name: 'CR CR LF', says: ['HTTP/1.1 200 OK\r\r\ncontent-length: 2\r\r\n\r\r\nok'] },
    { name: 'a line without a colon', says: [`${OK}no field\r\n${LENGTH_2}\r\nok`] },
    { name: 'a field without a name', says: [`${OK}: 1\r\n${LENGTH_2}\r\nok`] },
    { name: 'a field with a space in its name', says: [`${OK}x a: 1\r\n${LENGTH_2}\r\nok`] },
    { name: 'a space before the colon', says: [`${OK}content-length : 2\r\n\r\nok`] },
    { name: 'a null character in a value', says: [`${OK}x-a: \0\r\n${LENGTH_2}\r\nok`] },
    { name: 'an escape character in a value', says: [`${OK}x-a: \x1b[1m\r\n${LENGTH_2}\r\nok`] },
    { name: 'a CR in a value', says: [`${OK}x-a: 1\rx-b: 2\r\n${LENGTH_2}\r\nok`] },
    { name: 'fields that exceed 16 KB', says: [`${OK}x-a: ${'v'.repeat(17_000)}\r\n${LENGTH_2}\r\nok`] },
    { name: 'empty lines before the status line', says: [`\r\n\r\n${OK}${LENGTH_2}\r\nok`] },
    { name: 'text before the status line', says: [`hello ${OK}${LENGTH_2}\r\nok`], ending: 'closes' },
    { name: 'spaces in the status line', says: [`HTTP/1.1  200  OK\r\n${LENGTH_2}\r\nok`] },
    { name: 'a status of two digits', says: [`HTTP/1.1 20 OK\r\n${LENGTH_2}\r\nok`], ending: 'closes' },
    { name: 'HTTP/1.2', says: [`HTTP/1.2 200 OK\r\n${LENGTH_2}\r\nok`] },
    { name: 'HTTP/2', says: [`HTTP/2 200 OK\r\n${LENGTH_2}\r\nok`], ending: 'closes' },
    { name: 'ICY', says: [`ICY 200 OK\r\n${LENGTH_2}\r\nok`], ending: 'closes' },
    { name: 'no head', says: ['ok'], ending: 'closes' },
    { name: 'another protocol', says: ['SSH-2.0-OpenSSH_9.6\r\n'], ending: 'closes' },
    { name: 'a head without its empty line', says: [`${OK}x-a: 1\r\n`], ending: 'closes' },
    { name: 'a head that breaks off', says: [`${OK}content-le`], ending: 'closes' },
    { name: 'nothing', says: [''], ending: 'closes' },
    {
      name: '101',
      says: [lines('HTTP/1.1 101 Switching Protocols', 'upgrade: x', 'connection: upgrade')],
      ending: 'closes',
    },
  ],
  'Compressed bodies': [
    { name: 'gzip', says: [encoded('gzip', gzipSync('ok'))] },
    { name: 'x-gzip', says: [encoded('x-gzip', gzipSync('ok'))] },
    { name: 'deflate', says: [encoded('deflate', deflateSync('ok'))] },
    { name: 'deflate without the zlib format', says: [encoded('deflate', deflateRawSync('ok'))] },
    { name: 'br', says: [encoded('br', brotliCompressSync('ok'))] },
    { name: 'gzip, then br', says: [encoded('gzip, br', brotliCompressSync(gzipSync('ok')))] },
    { name: 'gzip in name only', says: [encoded('gzip', Buffer.from('ok'))] },
    {
      name: 'gzip that breaks off',
      says: [
        `${OK}content-encoding: gzip\r\ncontent-length: 99\r\n\r\n${bytes(gzipSync('ok')).slice(0, -8)}`,
      ],
      ending: 'closes',
    },
    { name: 'a coding that is not known', says: [encoded('rot13', Buffer.from('ok'))] },
  ],
};
