import { isDeepStrictEqual } from 'node:util';
import type { JsonText } from './json-text.ts';

/**
 * Return whether two JSON texts have the same value, however they are written: `1.0` equals `1e0`, the order of keys and the
 * escapes of strings do not matter, and a member that is null equals one that is missing. Numbers are compared exactly, not as
 * doubles.
 */
export const sameValue = (one: JsonText | undefined, other: JsonText | undefined): boolean =>
  one === other || isDeepStrictEqual(comparable(one), comparable(other));

type Reviver = (
  this: unknown,
  name: string,
  value: unknown,
  context: { readonly source?: string },
) => unknown;

/** Return a text's value with exact numbers and without members that are null. */
const comparable = (text: JsonText | undefined): unknown =>
  text === undefined
    ? undefined
    : JSON.parse(text, asComparable as (name: string, value: unknown) => unknown);

const asComparable: Reviver = function (_, value, { source = '' }) {
  if (typeof value === 'number') return exactNumber(source);
  return value === null && !Array.isArray(this) ? undefined : value;
};

/** Return a number as its significant digits times a power of ten, in an array that no JSON contains. */
function exactNumber(source: string): readonly [number: symbol, text: string] {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source) ?? [];
  const digits = whole + fraction;
  let [start, end] = [0, digits.length];
  while (digits[start] === '0') start++;
  while (end > start && digits[end - 1] === '0') end--;
  if (start === end) return [NUMBER, '0'];
  const power = BigInt(exponent.replace('+', '')) - BigInt(fraction.length) + BigInt(digits.length - end);
  return [NUMBER, `${sign}${digits.slice(start, end)}e${power}`];
}

const NUMBER = Symbol('number');
