import { RE2JS } from 're2js';
import * as z from 'zod';
import { ValidationError } from '../../../core/kernel/errors.ts';
import { InvalidJsonError, parseJson } from '../../../core/kernel/json-text.ts';
import { validate } from '../../../core/kernel/validate.ts';
import { refusedAddress } from '../../../core/model/address-guard.ts';

/** Values that schemas refuse, for every kind of fault that zod has a text for. */
const REFUSED: readonly (readonly [z.ZodType, unknown])[] = [
  ...[
    z.string(),
    z.number(),
    z.boolean(),
    z.array(z.string()),
    z.object({}),
    z.record(z.string(), z.string()),
  ].flatMap((schema) => ['text', 1, true, [], {}, null].map((value) => [schema, value] as const)),
  [z.number(), Number.NaN],
  [z.int(), 1.5],
  [z.map(z.string(), z.string()), 1],
  [z.date(), 1],
  [z.undefined(), 1],
  [z.literal('a'), 'b'],
  [z.enum(['a', 'b']), 'c'],
  [z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') })]), { kind: 'b' }],
  [z.union([z.string(), z.number()]), true],
  [z.xor([z.string(), z.string()]), 'a'],
  [z.custom(() => false), 1],
  [z.string().min(1), ''],
  [z.string().min(2), ''],
  [z.string().max(1), 'ab'],
  [z.string().length(1), 'ab'],
  [z.string().length(1), ''],
  [z.array(z.string()).min(1), []],
  [z.array(z.string()).min(2), []],
  [z.array(z.string()).max(1), ['a', 'b']],
  [z.map(z.string(), z.string()).min(2), new Map()],
  [z.file().min(10), new File([], 'a')],
  [z.number().min(1), 0],
  [z.number().max(1), 2],
  [z.number().gt(1), 0],
  [z.number().lt(1), 2],
  [z.number().multipleOf(2), 3],
  [z.string().startsWith('a'), 'b'],
  [z.string().endsWith('a'), 'b'],
  [z.string().includes('a'), 'b'],
  [z.string().regex(/a/), 'b'],
  [z.url(), 'b'],
  [z.uuid(), 'b'],
  [z.set(z.string()), new Set([1])],
  [z.map(z.string(), z.string()), new Map([['a', 1]])],
];

/** Texts that V8 does not take for JSON, one for each of its messages. */
const NOT_JSON = [
  ...[
    '{',
    '{"a":1,}',
    '{"a" 1}',
    '[1 2]',
    '{"a":1 "b"}',
    '"abc',
    '"\\x"',
    '"\\u12g"',
    '-',
    '1.',
    '1e',
    'x',
    '{}x',
    '',
  ],
  ...['"\u0001"', '01', '{"a":"b" "c"}', `${' '.repeat(80)}x${' '.repeat(80)}`, '[1,]', 'undefined'],
];

/** Patterns that RE2 refuses, one for each of its messages. */
const NO_PATTERNS = [
  ...['(', '[', '*', 'a**', '\\', '(?=a)', 'a{2000}', '(?P<x>a)(?P<x>b)', '[z-a]', ')', '(?<', '\\1'],
  '('.repeat(2000) + ')'.repeat(2000),
  `(?:${'a{1000}'.repeat(300)})`,
];

/** One address of each range that is refused. */
const ADDRESSES = [
  ...[
    '127.0.0.1',
    '10.0.0.1',
    '169.254.1.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '100.64.0.1',
    '240.0.0.1',
  ],
  ...[
    '192.0.0.8',
    '192.0.2.1',
    '192.88.99.1',
    '198.18.0.1',
    '::1',
    '::127.0.0.1',
    'fc00::1',
    'fe80::1',
    'fec0::1',
  ],
  ...[
    'ff00::1',
    '::ffff:1.2.3.4',
    '64:ff9b::1',
    '2002::1',
    '2001::1',
    '100::1',
    '2001:db8::1',
    'fe80::1%eth0',
    'x',
  ],
  ...['192.52.193.1', '192.175.48.1', '2001:10::1', '2001:20::1', '2001:30::1', '2001:2::1', '2001:4:112::1'],
  ...['5f00::1', '::ffff:0:1.2.3.4', '64:ff9b:1::1', '4000::1'],
];

/** Return the texts of others that become reasons, as the real libraries write them. */
export async function foreignReasons(): Promise<string[]> {
  return [
    ...REFUSED.flatMap(([schema, value]) =>
      reasonsOf(() => validate(z.object({ value: schema }), { value })),
    ),
    ...NOT_JSON.flatMap((text) => reasonsOf(() => parseJson(text))),
    ...NO_PATTERNS.flatMap((pattern) => reasonsOf(() => RE2JS.compile(RE2JS.translateRegExp(pattern)))).map(
      (message) =>
        `is not a regular expression that RE2 supports: ${message.replace(/^error parsing regexp: /, '')}`,
    ),
    ...ADDRESSES.map(
      (address) => `is not a public address (${refusedAddress(address, { allowLoopback: false })})`,
    ),
  ];
}

function reasonsOf(run: () => unknown): string[] {
  try {
    run();
    return [];
  } catch (error) {
    if (error instanceof ValidationError) return error.faults.map(({ message }) => message);
    if (error instanceof InvalidJsonError || error instanceof Error) return [error.message];
    throw error;
  }
}
