import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Attempt } from '../../model/attempt.ts';

export type AttemptPayload = Pick<Attempt, 'request' | 'response'>;

/** How much is kept: characters of the URL and of a body, headers, characters of a header's value. */
interface Cut {
  readonly url: number;
  readonly body: number;
  readonly headers: number;
  readonly value: number;
}

/** Each step keeps less. */
const STEPS: readonly Cut[] = [
  { url: 2048, body: 2048, headers: 30, value: 256 },
  { url: 2048, body: 1024, headers: 20, value: 128 },
  { url: 1024, body: 512, headers: 12, value: 96 },
  { url: 512, body: 256, headers: 8, value: 64 },
  { url: 256, body: 96, headers: 4, value: 48 },
  { url: 256, body: 64, headers: 3, value: 32 },
  { url: 256, body: 48, headers: 1, value: 32 },
  { url: 128, body: 24, headers: 0, value: 0 },
  { url: 128, body: 0, headers: 0, value: 0 },
];

/** A step whose text is still so much too long for what the last one's was compressed to is not worth compressing. */
const MARGIN = 1.5;

/** Compresses an exchange into so many bytes and cuts what does not fit; a text that was cut ends with "…". */
export const packPayload = (payload: AttemptPayload, budget: number): Uint8Array =>
  packWithin(budget, (cut) => cut(payload));

export const unpackPayload = (packed: Uint8Array): AttemptPayload => unpack(packed) as AttemptPayload;

/** Compresses what is made of exchanges by cutting them, the less cut the better, into so many bytes. */
export function packWithin(
  budget: number,
  make: (cut: (payload: AttemptPayload) => AttemptPayload) => unknown,
): Uint8Array {
  let packed: Uint8Array = new Uint8Array();
  let worthTrying = Number.POSITIVE_INFINITY;
  for (const [index, step] of STEPS.entries()) {
    const text = JSON.stringify(make((payload) => cutTo(step, payload)));
    if (text.length > worthTrying && index < STEPS.length - 1) continue;
    packed = deflateRawSync(text);
    if (packed.length <= budget) break;
    worthTrying = (text.length * budget * MARGIN) / packed.length;
  }
  return packed;
}

export const unpack = (packed: Uint8Array): unknown => JSON.parse(inflateRawSync(packed).toString());

function cutTo(step: Cut, { request, response }: AttemptPayload): AttemptPayload {
  const keep = (text: string, length: number) => (text.length <= length ? text : `${text.slice(0, length)}…`);
  const keepHeaders = (headers: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(headers)
        .slice(0, step.headers)
        .map(([name, value]) => [name, keep(value, step.value)]),
    );
  const { method, url, headers, body } = request;
  return {
    request: { method, url: keep(url, step.url), headers: keepHeaders(headers), body: keep(body, step.body) },
    response: response && {
      status: response.status,
      headers: keepHeaders(response.headers),
      body: keep(response.body, step.body),
    },
  };
}
