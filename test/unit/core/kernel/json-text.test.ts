import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  elementsOf,
  InvalidJsonError,
  type JsonText,
  membersOf,
  objectText,
  parseJson,
  toJsonText,
} from '../../../../core/kernel/json-text.ts';

describe('JSON text', () => {
  it('keeps number literals that JavaScript cannot hold', () => {
    const source = '{"big":12345678901234567890,"price":1.10,"total":50000.0,"tiny":-0.0,"exp":1E400}';
    expect(parseJson(source).text).toBe(source);
  });

  it('keeps the order of keys, even of those that look like integers', () => {
    const members = membersOf(parseJson('{"b":1,"10":2,"9":3,"a":4}').text);
    expect([...members.keys()]).toEqual(['b', '10', '9', 'a']);
  });

  it('keeps Unicode as written: escaped, plain and unpaired surrogates', () => {
    const source = '{"a":"\\u00e9","b":"é","c":"\\ud800","d":"😀","e":"\\"\\\\"}';
    expect(parseJson(source).text).toBe(source);
    expect(membersOf(parseJson(source).text).get('e')).toBe('"\\"\\\\"');
  });

  it.each([
    '',
    'null',
    '[1]',
    '{',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":"b',
    '{"a":1,',
    '{ "a":1}',
    '{"a":{"b":1}',
  ])('has no members unless it is a whole compact object: %s', (text) => {
    expect(() => membersOf(text as JsonText)).toThrow(InvalidJsonError);
  });

  it.each(['', '5', 'null', '{"a":1}', '[', '[1', '[1,', '["a', '[1}', '[[1]'])(
    'has no elements unless it is a whole compact array: %s',
    (text) => {
      expect(() => elementsOf(text as JsonText)).toThrow(InvalidJsonError);
    },
  );

  it('escapes the two characters that JSON allows and SQS rejects', () => {
    expect(parseJson('{"a":"\uffff\ufffe"}').text).toBe('{"a":"\\uffff\\ufffe"}');
    expect(JSON.parse(toJsonText({ id: '\uffff' }))).toEqual({ id: '\uffff' });
    expect(toJsonText('\uffff')).toBe('"\\uffff"');
  });

  it('drops white space between tokens but not in strings', () => {
    expect(parseJson(' {\n\t"a b" : [ 1 , "x  y" ] } \r\n').text).toBe('{"a b":[1,"x  y"]}');
  });

  it('uses the last member of a duplicate key, like JSON.parse', () => {
    expect(membersOf(parseJson('{"a":1,"\\u0061":2}').text).get('a')).toBe('2');
  });

  it('reads members that are nested 100,000 levels deep', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(membersOf(parseJson(`{"deep":${deep},"after":1}`).text).get('deep')).toBe(deep);
  });

  it.each(['', '{', '{"a":1,}', 'nope', '{"a":01}', '"\u0001"'])('rejects %j with a reason', (source) => {
    expect(() => parseJson(source)).toThrow(InvalidJsonError);
  });

  it('equals JSON.stringify of the parsed value for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, 2, '\t', ' \n'), (value, space) => {
        expect(parseJson(JSON.stringify(value, null, space)).text).toBe(JSON.stringify(value));
      }),
    );
  });

  it('splits objects and arrays and joins them again', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()), (object, array) => {
        const members = membersOf(toJsonText(object));
        for (const [key, value] of Object.entries(object))
          expect(members.get(key)).toBe(JSON.stringify(value));
        expect(members.size).toBe(Object.keys(object).length);
        expect(elementsOf(toJsonText(array))).toEqual(array.map((element) => JSON.stringify(element)));
        expect(JSON.parse(objectText(Object.fromEntries(members)))).toEqual(
          JSON.parse(JSON.stringify(object)),
        );
      }),
    );
  });
});
