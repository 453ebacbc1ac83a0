import fc from 'fast-check';
import { isObject } from './values.ts';

/** Strings that have broken parsers, stores and clients. */
const NASTY = [
  ...['', ' ', 'a\u0000b', '\ud800', 'a\r\nb: c', '😀', '\uffff', '\u202e', 'ａ', 'İ', '%00', '../..', 'a#b'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'null',
    'undefined',
    'NaN',
    '1e400',
    '-0',
    '*',
    '.',
    'a..b',
    'a.*',
  ],
  ...[
    '{{ 7 * 7 }}',
    '{% for',
    "'; --",
    '<script>',
    'sub_x',
    '9999-12-31T23:59:59+00:00',
    '0000-01-01T00:00:00Z',
  ],
  ...[
    'http://127.0.0.1:0/',
    'http://[::1',
    'javascript:x',
    'x'.repeat(300),
    'x'.repeat(10_000),
    '.a'.repeat(100),
  ],
];

const nastyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.constantFrom(null, true, 0, -1, 1.5, 1e308, 2 ** 53, [], {}, [[]], [null], { constructor: 1 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** A change that makes a value wrong. */
export interface Mutation {
  /** The place in the order of a depth-first walk. */
  readonly at: number;
  readonly how: 'replace' | 'remove' | 'add' | 'wrap';
  readonly name: string;
  readonly value: unknown;
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(50),
  how: fc.constantFrom('replace', 'replace', 'remove', 'add', 'wrap'),
  name: fc.constantFrom('a', 'type', 'data', ...NASTY),
  value: nastyValue,
});

/** Return a copy of the value with one fault, or with something unusual. */
export function mutated(value: unknown, { at, how, name, value: nasty }: Mutation): unknown {
  const places = placesIn(value);
  const place = places[at % places.length] ?? [];
  return changed(value, place, (there) => {
    if (how === 'remove') return undefined;
    if (how === 'wrap') return [there];
    return how === 'add' && isObject(there) ? { ...there, [name]: nasty } : nasty;
  });
}

/** Return the paths to everything in a value, including the value itself. */
function placesIn(value: unknown): string[][] {
  const members = Array.isArray(value) || isObject(value) ? Object.entries(value) : [];
  return [[], ...members.flatMap(([key, member]) => placesIn(member).map((path) => [key, ...path]))];
}

function changed(
  value: unknown,
  [key, ...rest]: readonly string[],
  change: (there: unknown) => unknown,
): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value))
    return value.flatMap((item, index) => {
      const next = String(index) === key ? changed(item, rest, change) : item;
      return next === undefined ? [] : [next];
    });
  const members = Object.entries(value as object).map(([name, member]) =>
    name === key ? [name, changed(member, rest, change)] : [name, member],
  );
  return Object.fromEntries(members);
}
