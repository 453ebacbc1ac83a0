import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeBody } from '../../../../core/adapters/http/content-coding.ts';

const TEXT = 'été '.repeat(20);
const HTML = '<!doctype html>';
const decode = async (body: Buffer, coding: string, isWhole = true) => {
  const { bytes, problem } = await decodeBody({ bytes: body, isWhole }, coding, 1024);
  return { text: bytes.toString(), problem };
};

describe('a body that was compressed', () => {
  it.each([
    ['gzip', gzipSync],
    ['X-GZIP', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['gzip, identity', gzipSync],
    ['gzip, br', (text: string) => brotliCompressSync(gzipSync(text))],
  ])('is decoded: %s', async (coding, compress) => {
    expect(await decode(compress(TEXT), coding)).toEqual({ text: TEXT, problem: null });
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
  ])('is decoded as far as it was kept: %s', async (coding, compress) => {
    const digits = Array.from({ length: 5000 }, (_, n) => n * n).join();
    const { text, problem } = await decode(compress(digits).subarray(0, 1024), coding, false);
    expect(problem).toBeNull();
    expect(text.length).toBeGreaterThan(500);
    expect(digits.startsWith(text)).toBe(true);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('is not expanded beyond what is kept: %s', async (coding, compress) => {
    const bytesOfBomb = compress(Buffer.alloc(100_000_000)).subarray(0, 1024);
    const { bytes } = await decodeBody({ bytes: bytesOfBomb, isWhole: false }, coding, 1024);
    expect(bytes.length).toBeGreaterThanOrEqual(1025);
    expect(bytes.length).toBeLessThanOrEqual(2048);
  });

  it.each([
    ['gzip', Buffer.from(TEXT), 'the body is not gzip, as its header says'],
    ['br', Buffer.from(HTML), 'the body is not br, as its header says'],
    ['rot13', Buffer.from(TEXT), 'the coding of the body is not known'],
    ['gzip, rot13', Buffer.from(TEXT), 'the coding of the body is not known'],
    ['br, br, br, br', Buffer.from(TEXT), 'the body has too many codings'],
  ])('is shown as it is if it cannot be decoded: %s', async (coding, body, problem) => {
    expect(await decode(body, coding)).toEqual({ text: body.toString(), problem });
  });

  it.each([
    ['its end is missing', (body: Buffer) => body.subarray(0, -20)],
    ['its checksum is wrong', (body: Buffer) => Buffer.concat([body.subarray(0, -4), Buffer.alloc(4)])],
  ])('is shown up to the damage: %s', async (_, damage) => {
    const digits = Array.from({ length: 1000 }, (_, n) => n * n).join();
    const bytes = damage(deflateSync(digits));
    const decoded = await decodeBody({ bytes, isWhole: true }, 'deflate', 10_000);
    expect(decoded.problem).toBe('the deflate body is damaged');
    expect(decoded.bytes.length).toBeGreaterThan(1024);
    expect(digits.startsWith(decoded.bytes.toString())).toBe(true);
  });
});

describe('a body that was not compressed', () => {
  it.each(['gzip', 'deflate', 'br', 'rot13'])(
    'is none if there is none, whatever its header says: %s',
    async (coding) => {
      expect(await decode(Buffer.alloc(0), coding)).toEqual({ text: '', problem: null });
    },
  );

  it.each(['', 'identity', 'Identity, ,'])('stays as it is: %j', async (coding) => {
    expect(await decode(Buffer.from(TEXT), coding)).toEqual({ text: TEXT, problem: null });
  });
});
