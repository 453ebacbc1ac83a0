import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../../../core/engines/json-schema/check.ts';
import { compileSchema } from '../../../../core/engines/json-schema/compile.ts';
import { ValidationBudget } from '../../../../core/engines/json-schema/run.ts';
import { ValidationError } from '../../../../core/kernel/errors.ts';
import { toJsonText } from '../../../../core/kernel/json-text.ts';

const STEPS = 2_000_000;
/** A fixed seed. To try other schemas: `SEED=$RANDOM RUNS=5000`. */
const [SEED, RUNS] = [Number(process.env.SEED ?? 1), Number(process.env.RUNS ?? 100)];

async function check(schema: unknown, value: unknown, steps = STEPS) {
  return faultsOf(await compileSchema(toJsonText(schema)), value, 'data', new ValidationBudget(steps));
}
async function refusal(schema: unknown) {
  const error = await compileSchema(toJsonText(schema)).catch((thrown: unknown) => thrown);
  if (!(error instanceof ValidationError)) throw new Error('The schema was not refused.', { cause: error });
  return error.faults;
}

describe('faultsOf', () => {
  it('returns every fault with its path', async () => {
    const schema = {
      type: 'object',
      required: ['id', 'total'],
      additionalProperties: false,
      properties: {
        id: { type: 'string', pattern: '^INV-\\d+$' },
        total: { type: 'number', minimum: 0, multipleOf: 0.01 },
        status: { enum: ['Open', 'Paid'] },
        lines: {
          type: 'array',
          minItems: 1,
          items: { required: ['price'], properties: { price: { type: 'number' } } },
        },
        mail: { format: 'email' },
      },
    };
    const fitting = {
      id: 'INV-1',
      total: 19.99,
      status: 'Open',
      lines: [{ price: 1 }],
      mail: 'a@example.com',
    };
    expect(await check(schema, fitting)).toEqual([]);
    const value = { id: '17', status: 'open', lines: [{ price: '1' }, {}], mail: 'a@b@', colour: 'red' };
    expect(await check(schema, value)).toEqual([
      { path: 'data.total', message: 'is required' },
      { path: 'data.colour', message: 'is not allowed' },
      { path: 'data.id', message: 'does not match the pattern ^INV-\\d+$' },
      { path: 'data.status', message: 'is not one of "Open", "Paid"' },
      { path: 'data.lines.0.price', message: 'is not of the type number' },
      { path: 'data.lines.1.price', message: 'is required' },
      { path: 'data.mail', message: 'is not in the format "email"' },
    ]);
  });

  it('returns at most 100 faults, with paths of bounded length', async () => {
    const numbers = { additionalProperties: { type: 'number' } };
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`${n}${'x'.repeat(500)}`, '']));
    const faults = await check(numbers, many);
    expect(faults).toHaveLength(100);
    expect(toJsonText(faults).length).toBeLessThan(20_000);
  });
});

/** Schemas small enough to collide, without `unevaluated…`, which Ajv 8.20 gets wrong below a failed `if`. */
const { schema: schemas } = fc.letrec((tie) => {
  const children = fc.array(tie('schema'), { minLength: 1, maxLength: 3 });
  const names = fc.constantFrom('a', 'b', 'c');
  const members = fc.dictionary(names, tie('schema'), { maxKeys: 3, noNullPrototype: true });
  const count = fc.integer({ min: 0, max: 3 });
  const scalar = fc.constantFrom(null, true, 0, 1, 1.5, 'a', 'ab', '');
  const type = fc.constantFrom('null', 'boolean', 'object', 'array', 'number', 'string', 'integer');
  return {
    schema: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'schema' },
      fc.boolean(),
      fc.record(
        {
          type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
          enum: fc.uniqueArray(fc.oneof(scalar, fc.constantFrom([], {}, [1], { a: 1 })), {
            minLength: 1,
            maxLength: 3,
          }),
          const: scalar,
          minimum: count,
          exclusiveMaximum: count,
          multipleOf: fc.constantFrom(1, 0.5, 2),
          minLength: count,
          maxLength: count,
          pattern: fc.constantFrom('^a', 'b$', '[ab]'),
          minItems: count,
          maxItems: count,
          uniqueItems: fc.boolean(),
        },
        { requiredKeys: [] },
      ),
      fc.record(
        {
          prefixItems: children,
          items: tie('schema'),
          if: tie('schema'),
          // biome-ignore lint/suspicious/noThenProperty: the keyword's name.
          then: tie('schema'),
          else: tie('schema'),
        },
        { requiredKeys: [] },
      ),
      // Next to `prefixItems`, or with a boolean schema, Ajv accepts an empty array for `contains`.
      fc.record(
        {
          contains: tie('schema').map((schema) => ({ type: ['string', 'object'], ...(schema as object) })),
          minContains: count,
          maxContains: count,
        },
        { requiredKeys: ['contains'] },
      ),
      fc.record(
        {
          required: fc.uniqueArray(names, { maxLength: 2 }),
          dependentRequired: fc.dictionary(names, fc.uniqueArray(names, { maxLength: 2 }), {
            maxKeys: 2,
            noNullPrototype: true,
          }),
          properties: members,
          patternProperties: fc.dictionary(fc.constantFrom('^a', 'b|c'), tie('schema'), {
            maxKeys: 2,
            noNullPrototype: true,
          }),
          additionalProperties: tie('schema'),
          propertyNames: tie('schema'),
          minProperties: count,
          maxProperties: count,
          dependentSchemas: members,
        },
        { requiredKeys: [] },
      ),
      fc.record(
        { allOf: children, anyOf: children, oneOf: children, not: tie('schema') },
        { requiredKeys: [] },
      ),
    ),
  };
});

const { value: values } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'value' },
    fc.constantFrom(null, true, false, 0, 1, 2, 1.5, 'a', 'ab', 'b', ''),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

describe('checking a value', () => {
  it('agrees with Ajv', async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    // Ajv's code for `unevaluated…` throws with other schemas.
    ajv.opts.unevaluated = false;
    let fitting = 0;
    const property = fc.asyncProperty(
      schemas,
      fc.array(values, { minLength: 1, maxLength: 8 }),
      async (schema, some) => {
        const compiled = await compileSchema(toJsonText(schema));
        const theirs = ajv.compile(schema as object);
        for (const value of some) {
          const fits = faultsOf(compiled, value, 'data', new ValidationBudget(STEPS)).length === 0;
          if (fits) fitting++;
          expect([fits, schema, value]).toEqual([theirs(value), schema, value]);
        }
      },
    );
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
    expect(fitting).toBeGreaterThan(100);
  });

  const closed = { unevaluatedProperties: false };
  const either = { anyOf: [{ properties: { a: { type: 'string' } } }, { properties: { b: true } }] };
  const tree = {
    $defs: { node: { required: ['v'], properties: { next: { $ref: '#/$defs/node' } } } },
    $ref: '#/$defs/node',
  };
  it.each<[string, object | boolean, unknown, boolean]>([
    [
      'unevaluatedProperties accepts members that "properties" has evaluated',
      { properties: { a: true }, ...closed },
      { a: 1 },
      true,
    ],
    [
      'unevaluatedProperties rejects any other member',
      { properties: { a: true }, ...closed },
      { a: 1, b: 1 },
      false,
    ],
    [
      'unevaluatedProperties accepts members that a fitting schema of anyOf has evaluated',
      { ...either, ...closed },
      { a: 'x', b: 1 },
      true,
    ],
    [
      'unevaluatedProperties rejects members that only a failing schema of anyOf has evaluated',
      { ...either, ...closed },
      { a: 1, b: 1 },
      false,
    ],
    [
      'unevaluatedProperties accepts members that a reference has evaluated',
      { $defs: { x: { properties: { a: true } } }, $ref: '#/$defs/x', ...closed },
      { a: 1 },
      true,
    ],
    [
      'unevaluatedProperties accepts members that if and then have evaluated',
      // biome-ignore lint/suspicious/noThenProperty: the keyword's name.
      { if: { properties: { a: { const: 1 } } }, then: { properties: { b: true } }, ...closed },
      { a: 1, b: 1 },
      true,
    ],
    [
      'unevaluatedProperties rejects members that only a failed if has evaluated',
      { if: { properties: { a: { const: 1 } } }, else: true, ...closed },
      { a: 2 },
      false,
    ],
    [
      'unevaluatedProperties rejects members that only not has evaluated',
      { not: { properties: { a: false } }, ...closed },
      { a: 1 },
      false,
    ],
    [
      'unevaluatedItems accepts items of the prefix',
      { prefixItems: [true], unevaluatedItems: false },
      [1],
      true,
    ],
    [
      'unevaluatedItems rejects any other item',
      { prefixItems: [true], unevaluatedItems: false },
      [1, 2],
      false,
    ],
    [
      'unevaluatedItems accepts items that contains has matched',
      { contains: { type: 'string' }, unevaluatedItems: false },
      ['a'],
      true,
    ],
    [
      'unevaluatedItems rejects items that contains has not matched',
      { contains: { type: 'string' }, unevaluatedItems: false },
      ['a', 1],
      false,
    ],
    ['contains requires an item', { contains: true }, [], false],
    ['contains with minContains 0 requires none', { contains: true, minContains: 0 }, [], true],
    ['a schema may refer to itself', tree, { v: 1, next: { v: 2 } }, true],
    ['a schema may refer to itself at any depth', tree, { v: 1, next: { v: 2, next: {} } }, false],
    [
      'a reference may name an anchor',
      { $defs: { x: { $anchor: 'text', type: 'string' } }, items: { $ref: '#text' } },
      [1],
      false,
    ],
    [
      'a reference may name a dynamic anchor',
      { $defs: { x: { $dynamicAnchor: 't', type: 'string' } }, items: { $dynamicRef: '#t' } },
      [1],
      false,
    ],
    [
      'a reference may be an escaped pointer',
      { $defs: { 'a/b%~': { type: 'string' } }, $ref: '#/$defs/a~1b%25~0' },
      1,
      false,
    ],
    [
      'a reference may name the whole schema',
      { properties: { child: { $ref: '#' } }, maxProperties: 1 },
      { child: { a: 1, b: 2 } },
      false,
    ],
    [
      'a reference may have sibling keywords',
      { $ref: '#/definitions/x', maxLength: 1, definitions: { x: { type: 'string' } } },
      'ab',
      false,
    ],
    ['19.99 is a multiple of 0.01', { multipleOf: 0.01 }, 19.99, true],
    ['19.995 is not a multiple of 0.01', { multipleOf: 0.01 }, 19.995, false],
    ['1e300 is a multiple of 1e-300', { multipleOf: 1e-300 }, 1e300, true],
    ['1.0 is an integer', { type: 'integer' }, 1.0, true],
    ['true is not 1', { const: 1 }, true, false],
    [
      'the order of members does not matter to enum',
      { enum: [{ a: 1, b: [0] }] },
      JSON.parse('{"b":[-0.0],"a":1.0}'),
      true,
    ],
    [
      'the order of members does not matter to uniqueItems',
      { uniqueItems: true },
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      false,
    ],
    ['length counts code points, not UTF-16 units', { maxLength: 1 }, '😀', true],
    [
      '__proto__ is a field like any other',
      { properties: JSON.parse('{"__proto__":{"type":"string"}}') },
      JSON.parse('{"__proto__":1}'),
      false,
    ],
    ['an object does not inherit the field constructor', { required: ['constructor'] }, {}, false],
    [
      'unknown keywords and formats are annotations',
      { nullable: false, 'x-note': 1, format: 'color' },
      null,
      true,
    ],
    ['a pattern may match anywhere', { pattern: 'b' }, 'abc', true],
    ['a pattern may use escapes of JavaScript', { pattern: '^\\u0041\\/\\d$' }, 'A/1', true],
  ])('follows the specification: %s: %j %j', async (_name, schema, value, fits) => {
    expect((await check(schema, value)).length === 0).toBe(fits);
  });

  it.each<[string, string[], string[]]>([
    ['date', ['2024-02-29'], ['2023-02-29', '2024-2-9', '2024-13-01']],
    ['time', ['23:59:60Z', '12:00:00.123+02:00'], ['12:00', '24:00:00Z', '12:00:60Z']],
    [
      'date-time',
      ['2026-01-02T03:04:05Z', '2026-01-02t03:04:05.6-01:30'],
      ['2026-01-02 03:04:05Z', '2026-01-02'],
    ],
    ['email', ['a.b+c@example.com'], ['a', '@b', 'a..b@example.com', 'a@-b.com', `a@${'b'.repeat(400)}`]],
    ['hostname', ['example.com', 'a'], ['', '-a.com', 'a..b', 'a_b']],
    ['ipv4', ['127.0.0.1'], ['127.1', '256.0.0.1', '0x7f.0.0.1']],
    ['ipv6', ['::1', '::ffff:1.2.3.4'], ['::g', '1', 'fe80::1%eth0']],
    ['uri', ['https://example.com/a?b#c', 'urn:isbn:1'], ['//example.com', '/a', 'http://a b']],
    ['uuid', ['2EB8AA08-AA98-11EA-B4AA-73B441D16380'], ['2eb8aa08aa9811eab4aa73b441d16380']],
  ])('checks the format %s', async (format, fitting, others) => {
    for (const text of fitting) expect([text, await check({ format }, text)]).toEqual([text, []]);
    for (const text of others) expect([text, await check({ format }, text)]).not.toEqual([text, []]);
  });
});

describe('compileSchema', () => {
  it('reports every fault of a schema with its path', async () => {
    const schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'text',
      required: 'a',
      properties: {
        a: { minimum: '1' },
        b: 7,
        c: { $ref: 'https://example.com/x' },
        d: { $ref: '#/nowhere' },
      },
      items: [{}],
      dependencies: {},
      patternProperties: { '(?=a)': true },
      anyOf: [],
      $defs: { x: { pattern: '(a)\\1', $id: 'x' } },
    };
    const faults = await refusal(schema);
    expect(faults.map(({ path }) => path).toSorted()).toEqual(
      [
        'schema.$schema',
        'schema.type',
        'schema.required',
        'schema.properties.a.minimum',
        'schema.properties.b',
        'schema.properties.c.$ref',
        'schema.properties.d.$ref',
        'schema.items',
        'schema.dependencies',
        'schema.patternProperties.(?=a)',
        'schema.anyOf',
        'schema.$defs.x.pattern',
        'schema.$defs.x.$id',
      ].toSorted(),
    );
  });

  const nested = (levels: number): object => (levels === 0 ? {} : { not: nested(levels - 1) });
  const cycle = {
    $defs: { a: { allOf: [{ $ref: '#/$defs/b' }] }, b: { not: { $ref: '#/$defs/a' } } },
    $ref: '#/$defs/a',
  };
  it.each<[string, unknown, RegExp]>([
    ['that is a number', 17, /is not a schema/],
    ['that is an array', [], /is not a schema/],
    ['above 32 KB', { description: 'x'.repeat(32 * 1024) }, /32 KB/],
    ['of 33 levels', nested(33), /32 levels/],
    ['of 2001 nodes', { anyOf: Array.from({ length: 2000 }, () => ({})) }, /2000 objects/],
    ['that refers only to itself', { $ref: '#' }, /back to itself/],
    ['whose references form a cycle', cycle, /back to itself/],
    ['with a pattern that is not a regular expression', { pattern: '(' }, /RE2/],
    ['with a pattern that repeats too much', { pattern: '(abcdefghij){500}' }, /repeats too much/],
    [
      'with patterns that together repeat too much',
      { allOf: Array.from({ length: 20 }, (_, n) => ({ pattern: `a{900}${n}` })) },
      /repeats too much/,
    ],
    ['with a long pattern', { pattern: 'x'.repeat(501) }, /500 characters/],
    ['with a duplicate anchor', { $defs: { a: { $anchor: 'x' }, b: { $anchor: 'x' } } }, /duplicate/],
  ])('rejects a schema %s', async (_name, schema, reason) => {
    expect((await refusal(schema)).map(({ message }) => message).join()).toMatch(reason);
  });
});

// These would stall a function or exhaust its memory.
describe('a hostile schema', () => {
  const chain = (join: string) => ({
    $defs: Object.fromEntries([
      ...Array.from({ length: 30 }, (_, n) => [
        `d${n}`,
        { [join]: [1, 2].map(() => ({ $ref: `#/$defs/d${n + 1}` })) },
      ]),
      ['d30', { type: 'string' }],
    ]),
    $ref: '#/$defs/d0',
  });
  const branching = {
    $defs: {
      n: { anyOf: [1, 2].map((k) => ({ required: [`x${k}`], properties: { a: { $ref: '#/$defs/n' } } })) },
    },
    $ref: '#/$defs/n',
  };
  const deep = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
  const objects = Array.from({ length: 8000 }, (_, n) => ({ same: 'x'.repeat(10), n }));
  const wide = { items: { allOf: Array.from({ length: 900 }, () => ({ type: 'string' })) } };

  const digits = { items: { allOf: Array(900).fill({ multipleOf: 1e-300 }) } };
  const many = Array.from({ length: 20_000 }, (_, n) => [`k${n}`, n]);
  const memory = { allOf: Array(300).fill({ additionalProperties: true }), unevaluatedProperties: false };

  it.each<[string, object, unknown]>([
    ['references that double 30 times with allOf', chain('allOf'), 1],
    ['references that double 30 times with anyOf', chain('anyOf'), 1],
    ['a branch at every level of the value', branching, deep(400)],
    [
      'recursion as deep as the value',
      { $defs: { n: { properties: { a: { $ref: '#/$defs/n' } } } }, $ref: '#/$defs/n' },
      deep(30_000),
    ],
    ['900 checks of each of 100,000 numbers', wide, Array(100_000).fill(1)],
    ['decimals of 600 digits', digits, Array(2000).fill(Number.MAX_VALUE)],
    ['tracking the same members 300 times', memory, Object.fromEntries(many)],
    ['reading a long text 900 times', { allOf: Array(900).fill({ maxLength: 1e9 }) }, '😀'.repeat(60_000)],
    ['comparing deep values', { uniqueItems: true }, [deep(30_000), deep(30_000)]],
  ])('ends with a fault in bounded time and memory: %s', async (_name, schema, value) => {
    const faults = await check(schema, value);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.length).toBeLessThanOrEqual(100);
  });

  it.each<[string, object, unknown]>([
    ['thousands of unique objects', { uniqueItems: true }, objects],
    [
      'an enum of thousands of values',
      { items: { enum: Array.from({ length: 5000 }, (_, n) => n) } },
      Array.from({ length: 5000 }, (_, n) => n),
    ],
    ['a pattern with catastrophic backtracking', { pattern: '^(a+)+$' }, `${'a'.repeat(200_000)}`],
    [
      'ten thousand fields',
      { patternProperties: { '^(k|kk)+\\d+$': { type: 'number' } } },
      Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`k${n}`, n])),
    ],
  ])('is not confused with a costly but legitimate one: %s', async (_name, schema, value) => {
    expect(await check(schema, value)).toEqual([]);
  });

  it('is bounded by a budget that several values may share', async () => {
    const compiled = await compileSchema(toJsonText({ items: { type: 'number' } }));
    const budget = new ValidationBudget(1000);
    const faults = [1, 2, 3].map(() => faultsOf(compiled, Array(200).fill(1), 'data', budget));
    expect(faults.map(([fault]) => fault?.message)).toEqual([
      undefined,
      undefined,
      'takes more than 1000 steps to check against its schema',
    ]);
  });
});
