import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Attempt } from '../../domain/attempt.ts';

type Exchange = Pick<Attempt, 'project' | 'request' | 'response'>;

/** What an attempt's item may spend on its exchange: with the rest it stays within the 1 KB that one write unit pays. */
const BUDGET_BYTES = 600;

/** Each step keeps less: characters of a body, headers, characters of a header's value or of the URL. */
const STEPS = [
  { body: 2048, headers: 30, value: 256 },
  { body: 1024, headers: 20, value: 128 },
  { body: 512, headers: 12, value: 96 },
  { body: 256, headers: 8, value: 64 },
  { body: 96, headers: 4, value: 48 },
  { body: 0, headers: 0, value: 0 },
];

/** Compresses an exchange and cuts what does not fit; a body that was cut ends with "…". */
export function packExchange(exchange: Exchange): Uint8Array {
  let packed: Uint8Array = new Uint8Array();
  for (const step of STEPS) {
    packed = deflateRawSync(JSON.stringify(cut(exchange, step)));
    if (packed.length <= BUDGET_BYTES) break;
  }
  return packed;
}

export function unpackExchange(packed: Uint8Array): Exchange {
  return JSON.parse(inflateRawSync(packed).toString());
}

function cut({ project, request, response }: Exchange, step: (typeof STEPS)[number]): Exchange {
  const keep = (text: string, length: number) => (text.length <= length ? text : `${text.slice(0, length)}…`);
  const keepHeaders = (headers: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(headers)
        .slice(0, step.headers)
        .map(([name, value]) => [name, keep(value, step.value)]),
    );
  return {
    project,
    request: { ...request, body: keep(request.body, step.body), headers: keepHeaders(request.headers) },
    response: response && {
      ...response,
      body: keep(response.body, step.body),
      headers: keepHeaders(response.headers),
    },
  };
}
