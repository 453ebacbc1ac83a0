import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Attempt } from '../../domain/attempt.ts';

type Exchange = Pick<Attempt, 'request' | 'response'>;

/** Each step keeps less: characters of the URL and of a body, headers, characters of a header's value. */
const STEPS = [
  { url: 2048, body: 2048, headers: 30, value: 256 },
  { url: 2048, body: 1024, headers: 20, value: 128 },
  { url: 1024, body: 512, headers: 12, value: 96 },
  { url: 512, body: 256, headers: 8, value: 64 },
  { url: 256, body: 96, headers: 4, value: 48 },
  { url: 128, body: 0, headers: 0, value: 0 },
];

/** Compresses an exchange into so many bytes and cuts what does not fit; a text that was cut ends with "…". */
export function packExchange(exchange: Exchange, budget: number): Uint8Array {
  let packed: Uint8Array = new Uint8Array();
  for (const step of STEPS) {
    packed = deflateRawSync(JSON.stringify(cut(exchange, step)));
    if (packed.length <= budget) break;
  }
  return packed;
}

export function unpackExchange(packed: Uint8Array): Exchange {
  return JSON.parse(inflateRawSync(packed).toString());
}

function cut({ request, response }: Exchange, step: (typeof STEPS)[number]): Exchange {
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
