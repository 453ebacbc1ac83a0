import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Attempt } from '../../model/attempt.ts';

/** The requests and the response of an attempt, which its item stores compressed. */
export type AttemptPayload = Pick<Attempt, 'request' | 'redirects' | 'response'>;

/** The limits to which a payload is cut: the number of headers, and characters for everything else. */
interface Limits {
  readonly url: number;
  readonly body: number;
  /** The request keeps more of its headers than the response: operators look for its signature. */
  readonly headers: number;
  readonly responseHeaders: number;
  /** The value of a header. */
  readonly value: number;
}

const STEPS: readonly Limits[] = [
  { url: 2048, body: 2048, headers: 30, responseHeaders: 30, value: 256 },
  { url: 2048, body: 1024, headers: 20, responseHeaders: 20, value: 128 },
  { url: 1024, body: 512, headers: 12, responseHeaders: 12, value: 96 },
  { url: 512, body: 256, headers: 8, responseHeaders: 6, value: 64 },
  // With a credential, the headers of Standard Webhooks and those before them are six.
  { url: 512, body: 256, headers: 6, responseHeaders: 2, value: 64 },
  { url: 256, body: 96, headers: 6, responseHeaders: 1, value: 64 },
  { url: 256, body: 96, headers: 4, responseHeaders: 1, value: 48 },
  { url: 256, body: 64, headers: 3, responseHeaders: 1, value: 32 },
  { url: 256, body: 48, headers: 1, responseHeaders: 1, value: 32 },
  { url: 128, body: 24, headers: 0, responseHeaders: 0, value: 0 },
  { url: 128, body: 0, headers: 0, responseHeaders: 0, value: 0 },
];

/** The URLs of redirects, of which there may be five, are cut to this part of the length of the first. */
const REDIRECTS_PER_URL = 4;

/** A step is skipped if its text exceeds the budget by this factor, assuming the compression ratio of the last step. */
const MARGIN = 1.5;

/**
 * What most payloads have, so that it need not be in each. It makes room for what sealing adds. Data that was compressed with it
 * needs exactly this text for ever; what was compressed without it, as by version 0.1, can be read with it.
 */
const DICTIONARY = Buffer.from(
  '"connection":"keep-alive","keep-alive":"timeout=5","transfer-encoding":"chunked","content-length":"2","server":"nginx",' +
    '"cache-control":"no-cache","date":"Mon, 01 Jan 2026 00:00:00 GMT"},"body":""}}{"ok":true}' +
    '"webhook-signature":"v1,***","authorization":"***","x-frappe-webhook-signature":"","signature":' +
    '{"eventId":"evt_01","eventType":"","at":"2026-01-01T00:00:00.000Z","durationMs":1' +
    '{"request":{"method":"POST","url":"https://","headers":{"content-type":"application/json","user-agent":"Ancrage/0.2.0",' +
    '"ancrage-hops":"1","webhook-id":"evt_01","webhook-timestamp":"17","webhook-signature":"v1,"},"body":"{\\"type\\":\\"' +
    '\\",\\"timestamp\\":\\"2026-01-01T00:00:00.000Z\\",\\"data\\":{\\"}}"},"response":{"status":200,"headers":{' +
    '"content-type":"text/html; charset=utf-8","content-type":"application/json"',
);

/**
 * Compress a payload to at most `budget` bytes. Text that was cut to fit ends with "…".
 *
 * @param withDictionary for a payload that will be sealed: version 0.1 cannot read it anyway
 */
export const packPayload = (payload: AttemptPayload, budget: number, withDictionary: boolean): Uint8Array =>
  packWithin(budget, withDictionary, (cut) => cut(payload));

export const unpackPayload = (packed: Uint8Array): AttemptPayload => unpack(packed) as AttemptPayload;

/** Compress data made from payloads to at most `budget` bytes, cutting the payloads as little as possible. */
export function packWithin(
  budget: number,
  withDictionary: boolean,
  make: (cut: (payload: AttemptPayload) => AttemptPayload) => unknown,
): Uint8Array {
  let packed: Uint8Array = new Uint8Array();
  let worthTrying = Number.POSITIVE_INFINITY;
  for (const [index, step] of STEPS.entries()) {
    const text = JSON.stringify(make((payload) => cutTo(step, payload)));
    if (text.length > worthTrying && index < STEPS.length - 1) continue;
    packed = deflateRawSync(text, withDictionary ? { dictionary: DICTIONARY } : {});
    if (packed.length <= budget) break;
    worthTrying = (text.length * budget * MARGIN) / packed.length;
  }
  return packed;
}

export const unpack = (packed: Uint8Array): unknown =>
  JSON.parse(inflateRawSync(packed, { dictionary: DICTIONARY }).toString());

function cutTo(limits: Limits, { request, redirects, response }: AttemptPayload): AttemptPayload {
  const keep = (text: string, length: number) => (text.length <= length ? text : `${text.slice(0, length)}…`);
  const keepHeaders = (headers: Readonly<Record<string, string>>, most: number) =>
    Object.fromEntries(
      Object.entries(headers)
        .slice(0, most)
        .map(([name, value]) => [name, keep(value, limits.value)]),
    );
  const { method, url, headers, body } = request;
  return {
    request: {
      method,
      url: keep(url, limits.url),
      headers: keepHeaders(headers, limits.headers),
      body: keep(body, limits.body),
    },
    ...(redirects !== undefined && {
      redirects: redirects.map((redirect) => ({
        ...redirect,
        location: keep(redirect.location, limits.url / REDIRECTS_PER_URL),
      })),
    }),
    response: response && {
      ...response,
      headers: keepHeaders(response.headers, limits.responseHeaders),
      body: keep(response.body, limits.body),
    },
  };
}
