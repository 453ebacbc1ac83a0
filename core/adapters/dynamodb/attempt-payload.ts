import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Attempt } from '../../model/attempt.ts';

/** The requests and the response of an attempt, which its item stores compressed, and their trace, whose id the request has as well. */
export type AttemptPayload = Pick<Attempt, 'request' | 'redirects' | 'response' | 'traceId'>;

/** The limits to which a payload is cut: the number of headers, and characters for everything else. */
interface Limits {
  readonly url: number;
  readonly body: number;
  /** The request keeps more of its headers than the response: operators look for its signature. */
  readonly headers: number;
  readonly responseHeaders: number;
  /** The value of a header. */
  readonly value: number;
  /** The reason in `truncated` that the capture gave. */
  readonly truncated?: number;
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
  { url: 16, body: 0, headers: 0, responseHeaders: 0, value: 0, truncated: 32 },
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
  'because 10 of this minute are in full: the list leaves out  of 1 headers, ends of headers, the end of the URL' +
    ' bytes of the body, left out because the daily limit is reached: ","truncated":"the first 16384 of  bytes are kept; left out: ' +
    '"connection":"keep-alive","keep-alive":"timeout=5","transfer-encoding":"chunked","content-length":"2","server":"nginx",' +
    '"cache-control":"no-cache","date":"Mon, 01 Jan 2026 00:00:00 GMT"},"body":""}}{"ok":true}' +
    '"webhook-signature":"v1,***","authorization":"***","x-frappe-webhook-signature":"","signature":' +
    '{"eventId":"evt_01","eventType":"","at":"2026-01-01T00:00:00.000Z","durationMs":1' +
    '{"request":{"method":"POST","url":"https://","headers":{"content-type":"application/json","user-agent":"Ancrage/0.2.0",' +
    '"ancrage-hops":"1","webhook-id":"evt_01","webhook-timestamp":"17","webhook-signature":"v1,"},"body":"{\\"type\\":\\"' +
    '\\",\\"timestamp\\":\\"2026-01-01T00:00:00.000Z\\",\\"data\\":{\\"}}"},"response":{"status":200,"headers":{' +
    '"content-type":"text/html; charset=utf-8","content-type":"application/json"',
);

/** Says what is left out of a request or a response, given as `276 bytes of the body, 4 of 9 headers`. */
export type Tell = (leftOut: string) => string;

interface PackOptions {
  /** The most bytes of the compressed data. */
  readonly budget: number;
  /** For a payload that will be sealed: version 0.1 cannot read it anyway. */
  readonly withDictionary: boolean;
}

/** Compress a payload. Text that was cut to fit ends with "…", and `truncated` says how much is left out. */
export const packPayload = (payload: AttemptPayload, tell: Tell, options: PackOptions): Uint8Array =>
  packWithin(options, (cut) => cut(payload, tell));

/** Compress a payload as it is. */
export const packWholePayload = (payload: AttemptPayload): Uint8Array => packWhole(payload, true);

/** Compress data as it is. */
export const packWhole = (data: unknown, withDictionary: boolean): Uint8Array =>
  deflateRawSync(JSON.stringify(data), withDictionary ? { dictionary: DICTIONARY } : {});

export const unpackPayload = (packed: Uint8Array): AttemptPayload => unpack(packed) as AttemptPayload;

type Cut = (payload: AttemptPayload, tell: Tell) => AttemptPayload;

/** Compress data made from payloads, cutting the payloads as little as possible. */
export function packWithin({ budget, withDictionary }: PackOptions, make: (cut: Cut) => unknown): Uint8Array {
  let packed: Uint8Array = new Uint8Array();
  let worthTrying = Number.POSITIVE_INFINITY;
  for (const [index, step] of STEPS.entries()) {
    const text = JSON.stringify(make((payload, tell) => cutTo(step, payload, tell)));
    if (text.length > worthTrying && index < STEPS.length - 1) continue;
    packed = deflateRawSync(text, withDictionary ? { dictionary: DICTIONARY } : {});
    if (packed.length <= budget) break;
    worthTrying = (text.length * budget * MARGIN) / packed.length;
  }
  return packed;
}

export const unpack = (packed: Uint8Array): unknown => JSON.parse(inflated(packed));

/** Return the text of compressed data, whether it was compressed with the dictionary or not. */
export const inflated = (packed: Uint8Array): string =>
  inflateRawSync(packed, { dictionary: DICTIONARY }).toString();

/** Return compressed data as version 0.1 can read it. */
export const withoutDictionary = (packed: Uint8Array): Uint8Array => deflateRawSync(inflated(packed));

/** Return what of an attempt is its payload. */
export const payloadOf = ({
  request,
  redirects,
  response,
  traceId,
}: Pick<Attempt, 'request' | 'response'> & {
  readonly redirects?: Attempt['redirects'] | undefined;
  readonly traceId?: string | undefined;
}): AttemptPayload => ({
  request,
  ...(redirects !== undefined && { redirects }),
  response,
  ...(traceId !== undefined && { traceId }),
});

function cutTo(limits: Limits, payload: AttemptPayload, tell: Tell): AttemptPayload {
  const { request, redirects, response, traceId } = payload;
  const { url, body, value, truncated = Number.POSITIVE_INFINITY } = limits;
  const longest = url / REDIRECTS_PER_URL;
  const tellOfRedirects = redirects?.some(({ location }) => location.length > longest)
    ? ['ends of redirects']
    : [];
  return {
    request: cutMessage(
      request,
      { body, headers: limits.headers, value, truncated, url },
      tell,
      tellOfRedirects,
    ),
    ...(redirects !== undefined && {
      redirects: redirects.map((redirect) => ({ ...redirect, location: keep(redirect.location, longest) })),
    }),
    response:
      response && cutMessage(response, { body, headers: limits.responseHeaders, value, truncated }, tell),
    ...(traceId !== undefined && { traceId }),
  };
}

interface Message {
  readonly url?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly truncated?: string;
}

function cutMessage<M extends Message>(
  message: M,
  limits: { readonly [Name in 'body' | 'headers' | 'value' | 'truncated']: number } & {
    readonly url?: number;
  },
  tell: Tell,
  alsoLeftOut: readonly string[] = [],
): M {
  const headers = Object.entries(message.headers);
  const kept = headers.slice(0, limits.headers);
  const url = message.url === undefined ? {} : { url: keep(message.url, limits.url ?? 0) };
  const bytes = Buffer.byteLength(message.body.slice(limits.body));
  const missing = headers.length - kept.length;
  const leftOut = [
    ...(bytes > 0 ? [`${bytes} bytes of the body`] : []),
    ...(missing > 0 ? [`${missing} of ${headers.length} headers`] : []),
    ...(kept.some(([, text]) => text.length > limits.value) ? ['ends of headers'] : []),
    ...(url.url === message.url ? [] : ['the end of the URL']),
    ...alsoLeftOut,
  ];
  const truncated = [
    ...(message.truncated === undefined ? [] : [keep(message.truncated, limits.truncated)]),
    ...(leftOut.length === 0 ? [] : [tell(leftOut.join(', '))]),
  ].join('; ');
  return {
    ...message,
    ...url,
    headers: Object.fromEntries(kept.map(([name, text]) => [name, keep(text, limits.value)])),
    body: keep(message.body, limits.body),
    ...(truncated !== '' && { truncated }),
  };
}

const keep = (text: string, length: number) => (text.length <= length ? text : `${text.slice(0, length)}…`);
