import fc from 'fast-check';
import { resolved, type Schema } from './operations.ts';

/** Stands for something that is there when the request is made, such as a subscription's id. */
export class Known {
  readonly kind: string;
  readonly index: number;

  constructor(kind: string, index: number) {
    this.kind = kind;
    this.index = index;
  }
}

/** What a field or a parameter names, whatever its schema: made-up values would never reach the code behind it. */
const KIND_OF: Readonly<Record<string, string>> = {
  url: 'hook',
  hookUrl: 'hook',
  event: 'event-types',
  events: 'event-types',
  type: 'event-types',
  condition: 'condition',
  template: 'template',
  subscriptionId: 'subscriptions',
  codeWebhookSubscription: 'removable subscriptions',
  projectCode: 'projects',
  userName: 'keys',
  username: 'keys',
  password: 'secret',
  secret: 'signing secret',
  since: 'time',
  until: 'time',
  cursor: 'cursor',
};

export const known = (kind: string): fc.Arbitrary<Known> => fc.nat(99).map((index) => new Known(kind, index));

/** An example of the document's, of what is there instead. */
export function knowing(example: unknown): unknown {
  if (!isObject(example)) return Array.isArray(example) ? example.map(knowing) : example;
  const members = Object.entries(example).map(([name, member]) => {
    const kind = KIND_OF[name];
    if (kind === undefined) return [name, member];
    return [name, Array.isArray(member) ? [new Known(kind, 0)] : new Known(kind, 0)];
  });
  return Object.fromEntries(members);
}

/** Strings that have broken parsers, stores and clients. */
export const NASTY = [
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

const PLAIN = ['a', 'erp', 'invoice.paid', 'job.*', 'x-api-key', 'e30=', 'Ada Lovelace', 'application/json'];

const nastyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.constantFrom(null, true, 0, -1, 1.5, 1e308, 2 ** 53, [], {}, [[]], [null], { constructor: 1 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Values that fit a schema; of what KIND_OF knows, mostly such that mean something. */
export function fitting(given: Schema, name = ''): fc.Arbitrary<unknown> {
  const schema = resolved(given);
  const kind = KIND_OF[name];
  const plain = byType(schema, name);
  return kind === undefined || !isText(schema)
    ? plain
    : fc.oneof({ weight: 6, arbitrary: known(kind) }, plain);
}

const isText = ({ type, anyOf }: Schema) => type === 'string' || anyOf?.some(({ type }) => type === 'string');

function byType(schema: Schema, name: string): fc.Arbitrary<unknown> {
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((each) => fitting(each, name)));
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type) => byType({ ...schema, type }, name)));
  switch (schema.type) {
    case 'string':
      return text(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000 });
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const { items = {}, minItems = 0, maxItems = 5 } = schema;
      return fc.array(fitting(items, name), { minLength: minItems, maxLength: Math.min(maxItems, 5) });
    }
    case 'object':
      return object(schema);
    default:
      return fc.jsonValue();
  }
}

function text({ format, pattern, minLength = 0, maxLength = 300 }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time')
    return fc
      .date({ min: new Date('1970-01-01'), max: new Date('9998-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString());
  const fits = (value: string) =>
    value.length >= minLength && value.length <= maxLength && new RegExp(pattern ?? '', 'u').test(value);
  return fc.oneof(
    fc.constantFrom(...PLAIN.filter(fits)),
    fc
      .string({ unit: 'grapheme', minLength: Math.min(minLength, 10), maxLength: 20 })
      .map((made) => (fits(made) ? made : (PLAIN.find(fits) ?? made))),
    fc.constantFrom(...['x'.repeat(maxLength), 'x'.repeat(minLength)].filter(fits), PLAIN.find(fits) ?? ''),
  );
}

function object({ properties = {}, required = [], additionalProperties, propertyNames }: Schema) {
  const named = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, fitting(schema, name)])),
    { requiredKeys: [...required] },
  );
  if (additionalProperties === undefined || additionalProperties === false) return named;
  const values = additionalProperties === true ? fc.jsonValue() : fitting(additionalProperties);
  const names = fitting(propertyNames ?? { type: 'string', maxLength: 30 }) as fc.Arbitrary<string>;
  return fc
    .tuple(named, fc.dictionary(names, values, { maxKeys: 3 }))
    .map(([fields, others]) => ({ ...others, ...fields }));
}

/** How a value is made wrong: what is done where, by the order in which a walk comes by. */
export interface Mutation {
  readonly at: number;
  readonly how: 'replace' | 'remove' | 'add' | 'wrap';
  readonly name: string;
  readonly value: unknown;
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(50),
  how: fc.constantFrom('replace', 'replace', 'remove', 'add', 'wrap'),
  name: fc.constantFrom(...NASTY, ...PLAIN),
  value: nastyValue,
});

/** A copy of the value with one fault, or with something that is just unusual. */
export function mutated(value: unknown, { at, how, name, value: nasty }: Mutation): unknown {
  const places = placesIn(value);
  const place = places[at % places.length] ?? [];
  return changed(value, place, (there) => {
    if (how === 'remove') return undefined;
    if (how === 'wrap') return [there];
    return how === 'add' && isObject(there) ? { ...there, [name]: nasty } : nasty;
  });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Known);

/** Paths to everything in a value, itself included. */
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
