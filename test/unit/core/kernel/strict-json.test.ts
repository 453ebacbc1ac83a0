import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fault, ValidationError } from '../../../../core/kernel/errors.ts';
import { InvalidJsonError, parseJson } from '../../../../core/kernel/json-text.ts';
import { MAX_LEVELS, parseStrictJson } from '../../../../core/kernel/strict-json.ts';

function faultsOf(source: string): readonly Fault[] {
  try {
    parseStrictJson(source);
    return [];
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return error.faults;
  }
}

const TWICE = 'is a duplicate name';
const FORBIDDEN = 'is not an allowed name';
const arrays = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const objects = (levels: number) => '{"a":'.repeat(levels - 1) + '{}'.repeat(1) + '}'.repeat(levels - 1);

describe('strict JSON', () => {
  it('parses like parseJson if no name occurs twice', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, '\t'), (value, space) => {
        const source = JSON.stringify(value, null, space);
        fc.pre(!source.includes('__proto__'));
        expect(parseStrictJson(source)).toEqual(parseJson(source));
      }),
    );
  });

  it.each<[string, Fault[]]>([
    ['{"a":1,"a":2}', [{ path: 'a', message: TWICE }]],
    ['{"a":1,"\\u0061":2}', [{ path: 'a', message: TWICE }]],
    ['{"a":1,"b":{"a":1}}', []],
    ['[{"a":1},{"a":1}]', []],
    ['{"a":["a","a",{"b":1}],"b":"a","c":"b"}', []],
    ['{"a":{},"b":[],"a":{}}', [{ path: 'a', message: TWICE }]],
    ['{"":1,"":2}', [{ path: '', message: TWICE }]],
    ['[0,{"b":[{},{"c":1,"d":",","c":2}]}]', [{ path: '1.b.1.c', message: TWICE }]],
    [
      '{"a":1,"a":2,"b":{"c":1,"c":2},"a":3}',
      [
        { path: 'a', message: TWICE },
        { path: 'b.c', message: TWICE },
        { path: 'a', message: TWICE },
      ],
    ],
    ['{"__proto__":1}', [{ path: '__proto__', message: FORBIDDEN }]],
    ['{"a":[{"__\\u0070roto__":{}}]}', [{ path: 'a.0.__proto__', message: FORBIDDEN }]],
    ['["__proto__",{"a":"__proto__"}]', []],
    ['{"a":{"constructor":{"prototype":1}}}', [{ path: 'a.constructor.prototype', message: FORBIDDEN }]],
    ['{"constructor":"x","prototype":{"constructor":{}},"toString":1,"hasOwnProperty":1}', []],
    ['{"constructor":["prototype",{"prototype":1}]}', []],
    ['{"a":"{\\"b\\":1,\\"b\\":2}"}', []],
  ])('has its faults reported: %s', (source, faults) => {
    expect(faultsOf(source)).toEqual(faults);
  });

  it.each<[string, string, string | null]>([
    ['200 nested arrays', arrays(MAX_LEVELS), null],
    ['201 nested arrays', arrays(MAX_LEVELS + 1), '0.0'],
    ['200 nested objects', objects(MAX_LEVELS), null],
    ['201 nested objects', objects(MAX_LEVELS + 1), 'a'],
    ['a million nested arrays', arrays(1_000_000), '0.0'],
    ['a field of an object', `{"b":[],"c":${arrays(MAX_LEVELS)}}`, 'c'],
    ['a field of an array’s object', `[{},{"b":{},"c":${arrays(MAX_LEVELS)}}]`, '1.c'],
    ['many containers that are not nested', `[${Array.from({ length: 5000 }, () => '[{}]').join()}]`, null],
  ])('may be nested 200 levels deep: %s', (_, source, path) => {
    expect(faultsOf(source).map((fault) => fault.path)).toEqual(path === null ? [] : [path]);
  });

  it('reports the faults before the point where it is nested too deeply', () => {
    const paths = faultsOf(`{"a":1,"a":${arrays(MAX_LEVELS)}}`).map(({ path }) => path);
    expect(paths).toEqual(['a', 'a']);
  });

  it('may be nested as deeply as its caller allows', () => {
    expect(parseStrictJson(arrays(208), 208).text).toBe(arrays(208));
    expect(() => parseStrictJson(arrays(209), 208)).toThrow('the limit is 208 levels');
  });

  it('throws InvalidJsonError for invalid JSON', () => {
    expect(() => parseStrictJson('{"a":1,"a":2')).toThrow(InvalidJsonError);
  });
});

describe('the faults of a ValidationError', () => {
  const told = (faults: Fault[]) => ValidationError.of(faults).faults;

  it('are reported unchanged if they are short', () => {
    const faults = [
      { path: 'a', message: 'b' },
      { path: '', message: 'c' },
    ];
    expect(told(faults)).toEqual(faults);
    expect(ValidationError.of(faults).message).toBe('a b; c');
  });

  it('are cut if they are long and dropped if there are many', () => {
    const long = { path: 'p'.repeat(300), message: 'm'.repeat(2000) };
    expect(told([long])).toEqual([{ path: `${'p'.repeat(256)}…`, message: `${'m'.repeat(1024)}…` }]);
    expect(told(Array(501).fill({ path: 'a', message: 'b' })).length).toBe(500);
    const many = told(Array(500).fill(long));
    expect(JSON.stringify(many).length).toBeLessThan(120_000);
    expect(many.length).toBeGreaterThan(70);
  });

  it('stay small for a large body with long names', () => {
    // With full paths, these would take ten gigabytes.
    const body = `{"${'n'.repeat(250_000)}":{${'"b":1,'.repeat(40_000)}"c":1}}`;
    const faults = faultsOf(body);
    expect(faults[0]).toEqual({ path: expect.stringMatching(/^n{256}/), message: TWICE });
    expect(faults.length).toBeGreaterThan(100);
    expect(faults.map(({ path }) => path).join('').length).toBeLessThan(1_000_000);
  });
});
