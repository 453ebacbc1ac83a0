import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TemplateError } from '../../../../../core/engines/template/errors.ts';
import { pythonJson, reserialised } from '../../../../../core/engines/template/formats/python-json.ts';
import { parseJson, toJsonText } from '../../../../../core/kernel/json-text.ts';
import { render } from './rendering.ts';

const written = (source: string) => pythonJson(parseJson(source).text);

describe('pythonJson', () => {
  it.each([
    [
      '{"a":1,"b":[1,2,{}],"c":[],"d":null,"e":true}',
      '{"a": 1, "b": [1, 2, {}], "c": [], "d": null, "e": true}',
    ],
    // Number literals stay as published.
    [
      '[50000.0,1.10,12345678901234567890,-0.0,1E400,0]',
      '[50000.0, 1.10, 12345678901234567890, -0.0, 1E400, 0]',
    ],
    [
      '{"city":"Orléans","e":"😀","d":"\\u007f\\u0001","s":"a/b\\"\\\\\\n\\t"}',
      '{"city": "Orl\\u00e9ans", "e": "\\ud83d\\ude00", "d": "\\u007f\\u0001", "s": "a/b\\"\\\\\\n\\t"}',
    ],
    ['{"b":1,"10":2,"9":3,"a":4}', '{"b": 1, "10": 2, "9": 3, "a": 4}'],
    // A duplicate key has the last value at the first position, as in a dict.
    ['{"a":1,"b":2,"\\u0061":3}', '{"a": 3, "b": 2}'],
    ['"x"', '"x"'],
    ['"\\ud800"', '"\\ud800"'],
    ['{"__proto__":1,"constructor":2}', '{"__proto__": 1, "constructor": 2}'],
  ])('rewrites %s', (source, expected) => expect(written(source)).toBe(expected));

  it('returns ASCII that parses to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = pythonJson(toJsonText(value));
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(text).toMatch(/^[\x20-\x7e]*$/);
      }),
    );
  });

  it('throws a TemplateError for data that is nested too deeply', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    expect(() => written(deep)).toThrow(TemplateError);
  });
});

describe('what a template rendered', () => {
  it.each([
    [
      '[1440.00, 1e3, 1E400, -0, -0.0, 5e-324, 12345678901234567890]',
      '[1440.0, 1000.0, Infinity, 0, -0.0, 5e-324, 12345678901234567890]',
    ],
    [' {"b": NaN, "a": -Infinity, "b": 2}\n', '{"b": 2, "a": -Infinity}'],
    ['"\\u00e9\\ud83d\\ude00/\\/ é"', '"\\u00e9\\ud83d\\ude00// \\u00e9"'],
    ['[ ]', '[]'],
    ['9'.repeat(4300), '9'.repeat(4300)],
    [`-${'9'.repeat(301)}`, `-${'9'.repeat(301)}`],
  ])('is read and written as by Python: %s', (text, expected) => expect(reserialised(text)).toBe(expected));

  it.each([
    ['', 'Expecting value: line 1 column 1 (char 0)'],
    ['{"a": 1,}', 'Expecting property name enclosed in double quotes: line 1 column 9 (char 8)'],
    ['[1,\n 2 3]', "Expecting ',' delimiter: line 2 column 4 (char 7)"],
    ['{"a" 1}', "Expecting ':' delimiter"],
    ['[01]', "Expecting ',' delimiter"],
    ['"a\tb"', 'Invalid string'],
    ['[nan]', 'Expecting value'],
    ['[1] x', 'Extra data: line 1 column 5 (char 4)'],
    ['['.repeat(5000), 'nested more than 200 deep'],
    ['9'.repeat(4301), /limit \(4300 digits\)/],
  ])('is no JSON: %j', (text, message) => expect(() => reserialised(text)).toThrow(message));

  it('is the same value as to JavaScript if it is strict JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(JSON.parse(reserialised(JSON.stringify(value, null, 1)))).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
      }),
    );
  });
});

describe('a published value', () => {
  it.each([
    // Python's repr of a float.
    ['50000.0', '50000.0'],
    ['1.10', '1.1'],
    ['1e16', '1e+16'],
    ['9999999999999998.0', '9999999999999998.0'],
    ['0.0001', '0.0001'],
    ['0.00001', '1e-05'],
    ['-0.0', '-0.0'],
    ['5e-324', '5e-324'],
    ['1e22', '1e+22'],
    ['1E400', 'inf'],
    ['123456789012345680.0', '1.2345678901234568e+17'],
    // Ints are exact.
    ['12345678901234567890', '12345678901234567890'],
    ['-0', '0'],
    [`${'9'.repeat(300)}`, '9'.repeat(300)],
    [`${'9'.repeat(301)}`, '1e+301'],
    ['true', 'True'],
    ['null', 'None'],
    ['["it\'s","q\\"","both\'\\"","é\\n\\u200b"]', `["it's", 'q"', 'both\\'"', 'é\\n\\u200b']`],
    ['{"a":[1,{"b":null}]}', "{'a': [1, {'b': None}]}"],
  ])('renders %s as %s', (literal, shown) => expect(render('{{ doc.x }}', `{"x":${literal}}`)).toBe(shown));

  it('does not become longer by its indents than it may', () => {
    const deep = `${'['.repeat(150)}${'1,'.repeat(8000)}1${']'.repeat(150)}`;
    const text = parseJson(deep).text;
    expect(() => pythonJson(text, { indent: 1 }, 100_000)).toThrow('more than 100000 characters');
    expect(pythonJson(text, {}, 100_000)).toHaveLength(24_301);
  });

  it('may be nested as deeply as an event allows, but not rendered', () => {
    const deep = `{"x":${'['.repeat(100_000)}${']'.repeat(100_000)},"y":1}`;
    expect(render('{{ doc.y }}', deep)).toBe('1');
    expect(() => render('{{ doc.x }}', deep)).toThrow(
      expect.objectContaining({ name: 'RenderLimitError', message: expect.stringContaining('200 deep') }),
    );
  });

  it('parses to the same value after tojson', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const data = JSON.stringify({ value });
        const rendered = render('{{ doc.value | tojson }}', data);
        expect(JSON.parse(rendered)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('renders a float that parses to the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const literal = Number.isInteger(value) ? `${BigInt(value)}.0` : String(value);
        expect(Number(render('{{ doc.x }}', `{"x":${literal}}`))).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});
