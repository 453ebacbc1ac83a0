import { RenderLimitError, TemplateError } from '../errors.ts';
import { MAX_DATA_DEPTH, STEP, type StepMeter, VISIT } from '../step-meter.ts';
import { CalendarDate, DAY, type Dated, DateTime, SECOND, TimeDelta, TimeOfDay } from './dates.ts';
import { type Key, KeyMap, KeySet } from './keys.ts';
import {
  bitLength,
  boundedInt,
  divmodFloat,
  floorDivide,
  intToFloat,
  isLarge,
  MAX_BITS,
  moduloInt,
  tooManyDigits,
} from './numbers.ts';
import { charactersOf, compareTexts } from './text.ts';
import { Bytes, Dict, List, Markup, Namespace, SetValue, typeName, Undefined, type Value } from './values.ts';

/** Python's truth value: None, zero and empty values are false. */
export function truth(value: Value): boolean {
  if (value instanceof List) return value.items.length > 0;
  if (value instanceof Dict) return value.entries.size > 0;
  if (value instanceof SetValue) return value.items.size > 0;
  if (value instanceof Bytes) return value.data.length > 0;
  if (value instanceof Markup) return value.text !== '';
  if (value instanceof Undefined) return false;
  if (value instanceof TimeDelta) return value.days !== 0 || value.micros !== 0;
  return typeof value === 'object' && value !== null ? true : Boolean(value) || Number.isNaN(value);
}

/** Return a value as arithmetic treats it, with True as 1, or undefined if it is not a number. */
export function numberOf(value: Value): bigint | number | undefined {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return typeof value === 'bigint' || typeof value === 'number' ? value : undefined;
}

/** Return a value as the key of a mapping, in which 1.0 is 1, and pay for looking it up: equal texts are compared. */
export function keyOf(value: Value, meter: StepMeter): Key {
  if (typeof value === 'string') meter.spend(value.length);
  else meter.spend(typeof value === 'bigint' && isLarge(value) ? 4 * STEP : STEP);
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (value === null || typeof value !== 'object') return value;
  throw new TemplateError(`'${typeName(value)}' cannot be a key`);
}

/** Return the elements, characters or keys over which `for` iterates. */
export function iterate(value: Value, meter: StepMeter): readonly Value[] {
  if (value instanceof List) return value.items;
  if (value instanceof Dict) {
    meter.elements(2 * value.entries.size);
    return [...value.entries.keys()];
  }
  if (typeof value === 'string') return charactersOf(value, meter);
  if (value instanceof SetValue) {
    meter.elements(value.items.size);
    meter.spend(value.items.size * VISIT);
    return [...value.items];
  }
  if (value instanceof Bytes) {
    meter.elements(value.data.length);
    return Array.from(value.data, BigInt);
  }
  if (value instanceof Undefined) return [];
  throw new TemplateError(`'${typeName(value)}' object is not iterable`);
}

/** Python's `==`. JavaScript's `==` compares a bigint with a number exactly, as Python does. */
export function equals(left: Value, right: Value, meter: StepMeter, depth = 0): boolean {
  meter.spend(VISIT / 2);
  const number = numberOf(left);
  if (number !== undefined) {
    const other = numberOf(right);
    // biome-ignore lint/suspicious/noDoubleEquals: an int and a float may be equal
    return other !== undefined && number == other;
  }
  if (typeof left === 'string') {
    if (typeof right === 'string' && left.length === right.length) meter.spend(left.length / 8);
    return left === right;
  }
  if (depth > MAX_DATA_DEPTH)
    throw new RenderLimitError(`compares data that is nested more than ${MAX_DATA_DEPTH} deep`);
  if (left instanceof List) {
    return (
      right instanceof List &&
      left.tuple === right.tuple &&
      left.items.length === right.items.length &&
      left.items.every((item, at) => equals(item, right.items[at] as Value, meter, depth + 1))
    );
  }
  if (left instanceof Dict) {
    if (!(right instanceof Dict) || left.entries.size !== right.entries.size) return false;
    for (const [key, value] of left.entries) {
      const other = right.entries.get(key);
      if (other === undefined || !equals(value, other, meter, depth + 1)) return false;
    }
    return true;
  }
  if (left instanceof Undefined) return right instanceof Undefined;
  if (left instanceof SetValue) {
    meter.spend(left.items.size * VISIT);
    return (
      right instanceof SetValue && left.items.size === right.items.size && left.items.isSubsetOf(right.items)
    );
  }
  if (left instanceof Bytes) return right instanceof Bytes && Buffer.compare(left.data, right.data) === 0;
  if (isDated(left)) return sameType(left, right) && orderOfDates(left, right) === 0;
  return left === right;
}

/** Python's `left is right`, for which equal texts and numbers are the same. */
export function identical(left: Value, right: Value, meter: StepMeter): boolean {
  if (typeof left === 'string' && typeof right === 'string' && left.length === right.length)
    meter.spend(left.length / 8);
  return Object.is(left, right);
}

const isDated = (value: Value): value is Dated =>
  value instanceof CalendarDate || value instanceof TimeOfDay || value instanceof TimeDelta;

const sameType = (left: Dated, right: Value): right is Dated =>
  isDated(right) && left.typeName === right.typeName;

/** The microseconds within the day. A time without a zone is UTC; to Python it has no order with one that has a zone. */
const microsOf = (value: Dated) => {
  if (value instanceof DateTime) return value.micros - (value.offset ?? 0) * SECOND;
  return value instanceof CalendarDate ? 0 : value.micros;
};

const daysOf = (value: Dated) => (value instanceof TimeOfDay ? 0 : value.days);

const orderOfDates = (left: Dated, right: Dated) =>
  (daysOf(left) - daysOf(right)) * DAY + microsOf(left) - microsOf(right);

/**
 * Compare two values. Return a number below, at or above zero, or NaN if they are unordered.
 *
 * @throws TemplateError for types that Python does not order, such as None and a number
 */
export function compare(left: Value, right: Value, operator: string, meter: StepMeter, depth = 0): number {
  meter.spend(2 * VISIT);
  const number = numberOf(left);
  const other = numberOf(right);
  if (number !== undefined && other !== undefined)
    // biome-ignore lint/suspicious/noDoubleEquals: an int and a float may be equal
    return number < other ? -1 : number > other ? 1 : number == other ? 0 : Number.NaN;
  if (typeof left === 'string' && typeof right === 'string') return compareTexts(left, right, meter);
  if (left instanceof List && right instanceof List && left.tuple === right.tuple) {
    if (depth > MAX_DATA_DEPTH)
      throw new RenderLimitError(`compares data that is nested more than ${MAX_DATA_DEPTH} deep`);
    for (const [at, item] of left.items.entries()) {
      const counterpart = right.items[at];
      if (counterpart === undefined) return 1;
      if (!equals(item, counterpart, meter, depth + 1))
        return compare(item, counterpart, operator, meter, depth + 1);
    }
    return left.items.length - right.items.length;
  }
  if (isDated(left) && sameType(left, right)) return orderOfDates(left, right);
  const types = `'${typeName(left)}' and '${typeName(right)}'`;
  throw (
    usingUndefined(left, right) ??
    new TemplateError(`'${operator}' not supported between instances of ${types}`)
  );
}

function unsupported(operator: string, left: Value, right: Value): TemplateError {
  const types = `'${typeName(left)}' and '${typeName(right)}'`;
  return (
    usingUndefined(left, right) ?? new TemplateError(`unsupported operand type(s) for ${operator}: ${types}`)
  );
}

function usingUndefined(...values: readonly Value[]): TemplateError | undefined {
  for (const value of values) if (value instanceof Undefined) return new TemplateError(value.reason);
  return undefined;
}

/** Python's `left in right`. */
export function contains(right: Value, left: Value, meter: StepMeter): boolean {
  if (typeof right === 'string') {
    if (typeof left !== 'string')
      throw new TemplateError(`'in <string>' requires string as left operand, not ${typeName(left)}`);
    meter.search(right.length, left.length);
    return right.includes(left);
  }
  if (right instanceof Dict) return !(left instanceof Undefined) && right.entries.has(keyOf(left, meter));
  if (right instanceof List) return right.items.some((item) => equals(item, left, meter));
  if (right instanceof SetValue) return right.items.has(keyOf(left, meter));
  if (right instanceof Undefined) return false;
  throw new TemplateError(`argument of type '${typeName(right)}' is not iterable`);
}

/** Return whether a comparison holds. @param operator Python's */
export function holds(operator: string, left: Value, right: Value, meter: StepMeter): boolean {
  switch (operator) {
    case '==':
      return equals(left, right, meter);
    case '!=':
      return !equals(left, right, meter);
    case 'is':
      return identical(left, right, meter);
    case 'is not':
      return !identical(left, right, meter);
    case 'in':
      return contains(right, left, meter);
    case 'not in':
      return !contains(right, left, meter);
    case '<':
      return compare(left, right, operator, meter) < 0;
    case '<=':
      return compare(left, right, operator, meter) <= 0;
    case '>':
      return compare(left, right, operator, meter) > 0;
    default:
      return compare(left, right, operator, meter) >= 0;
  }
}

export function add(left: Value, right: Value, meter: StepMeter): Value {
  if (typeof left === 'string' && typeof right === 'string') {
    meter.text(left.length + right.length);
    return left + right;
  }
  if (left instanceof List && right instanceof List && left.tuple === right.tuple) {
    meter.elements(left.items.length + right.items.length);
    return new List([...left.items, ...right.items], { tuple: left.tuple });
  }
  if (left instanceof CalendarDate && right instanceof TimeDelta) return shift(left, right, 1);
  if (left instanceof TimeDelta && right instanceof CalendarDate) return shift(right, left, 1);
  if (left instanceof TimeDelta && right instanceof TimeDelta)
    return new TimeDelta(left.days + right.days, left.micros + right.micros);
  return arithmetic('+', left, right, meter);
}

function shift(date: CalendarDate, by: TimeDelta, sign: 1 | -1): CalendarDate {
  if (date instanceof DateTime)
    return new DateTime(date.days + sign * by.days, date.micros + sign * by.micros, date.offset);
  return new CalendarDate(date.days + sign * by.days);
}

export function subtract(left: Value, right: Value, meter: StepMeter): Value {
  if (left instanceof SetValue) return combined('-', left, right, meter);
  if (left instanceof CalendarDate && right instanceof TimeDelta) return shift(left, right, -1);
  if (left instanceof CalendarDate && right instanceof CalendarDate && sameType(left, right))
    return new TimeDelta(left.days - right.days, microsOf(left) - microsOf(right));
  if (left instanceof TimeDelta && right instanceof TimeDelta)
    return new TimeDelta(left.days - right.days, left.micros - right.micros);
  return arithmetic('-', left, right, meter);
}

export function multiply(left: Value, right: Value, meter: StepMeter): Value {
  if (left instanceof TimeDelta && numberOf(right) !== undefined) return scaledDelta(left, Number(right));
  if (right instanceof TimeDelta && numberOf(left) !== undefined) return scaledDelta(right, Number(left));
  const times = numberOf(right);
  if (typeof times === 'bigint' && (typeof left === 'string' || left instanceof List))
    return repeat(left, times, meter);
  if (typeof numberOf(left) === 'bigint' && (typeof right === 'string' || right instanceof List))
    return repeat(right, numberOf(left) as bigint, meter);
  return arithmetic('*', left, right, meter);
}

const scaledDelta = (delta: TimeDelta, by: number) => {
  const micros = (delta.days * DAY + delta.micros) * by;
  if (!Number.isFinite(micros)) throw new TemplateError('date value out of range');
  return new TimeDelta(0, Math.round(micros));
};

/** Divide a time span by another or by a number. */
export function divideDelta(operator: '/' | '//', delta: TimeDelta, by: TimeDelta | number): Value {
  const divisor = by instanceof TimeDelta ? by.days * DAY + by.micros : by;
  if (divisor === 0) throw new TemplateError('division by zero');
  const quotient = (delta.days * DAY + delta.micros) / divisor;
  if (by instanceof TimeDelta) return operator === '/' ? quotient : BigInt(Math.floor(quotient));
  return new TimeDelta(0, operator === '/' ? Math.round(quotient) : Math.floor(quotient));
}

function repeat(value: string | List, times: bigint, meter: StepMeter): Value {
  // This count exceeds every limit.
  const count = times < 0n ? 0 : times > 1_000_000_000n ? 1_000_000_000 : Number(times);
  if (typeof value === 'string') {
    meter.text(value.length * count);
    return value === '' ? '' : value.repeat(count);
  }
  meter.elements(value.items.length * count);
  if (value.items.length === 0) return new List([], { tuple: value.tuple });
  return new List(Array.from({ length: count }, () => value.items).flat(), { tuple: value.tuple });
}

export type Operator = '+' | '-' | '*' | '/' | '//' | '%' | '**';

/** Calculate with two numbers. @throws TemplateError for any other type */
export function arithmetic(operator: Operator, left: Value, right: Value, meter: StepMeter): bigint | number {
  const a = numberOf(left);
  const b = numberOf(right);
  if (a === undefined || b === undefined) throw unsupported(operator, left, right);
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    if (isLarge(a) || isLarge(b)) meter.spend(16 * STEP);
    return onInts(operator, a, b);
  }
  return onFloats(
    operator,
    typeof a === 'bigint' ? intToFloat(a) : a,
    typeof b === 'bigint' ? intToFloat(b) : b,
  );
}

function onInts(operator: Operator, a: bigint, b: bigint): bigint | number {
  if (b === 0n && (operator === '/' || operator === '//' || operator === '%'))
    throw new TemplateError(operator === '/' ? 'division by zero' : 'integer division or modulo by zero');
  switch (operator) {
    case '+':
      return boundedInt(a + b);
    case '-':
      return boundedInt(a - b);
    case '*':
      return boundedInt(a * b);
    case '/':
      return intToFloat(a) / intToFloat(b);
    case '//':
      return floorDivide(a, b);
    case '%':
      return moduloInt(a, b);
    case '**':
      if (b < 0n) return onFloats('**', intToFloat(a), intToFloat(b));
      if (a > 1n || a < -1n) {
        // Checked before calculating: 10 ** 100000 takes long, and 10 ** 10 ** 10 exhausts the memory.
        if (b > BigInt(MAX_BITS) || bitLength(a) * Number(b) > 2 * MAX_BITS) throw tooManyDigits();
        return boundedInt(a ** b);
      }
      return b === 0n ? 1n : a === -1n && b % 2n === 0n ? 1n : a;
  }
}

function onFloats(operator: Operator, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      if (b === 0) throw new TemplateError('float division by zero');
      return a / b;
    case '//':
      return divmodFloat(a, b)[0];
    case '%':
      return divmodFloat(a, b)[1];
    case '**': {
      if (a === 0 && b < 0) throw new TemplateError('0.0 cannot be raised to a negative power');
      // JavaScript returns NaN for these, unlike IEEE 754.
      if (a === 1 || (a === -1 && Math.abs(b) === Number.POSITIVE_INFINITY)) return 1;
      const power = a ** b;
      if (Number.isNaN(power) && !Number.isNaN(a) && !Number.isNaN(b))
        throw new TemplateError('a negative number has no such power');
      if (!Number.isFinite(power) && Number.isFinite(a) && Number.isFinite(b))
        throw new TemplateError('result too large for a float');
      return power;
    }
  }
}

export type BitOperator = '|' | '&' | '^' | '<<' | '>>';

/** Combine the bits of two ints, two sets, or with `|` two mappings. @throws TemplateError for any other type */
export function bitwise(operator: BitOperator, left: Value, right: Value, meter: StepMeter): Value {
  if (left instanceof SetValue) return combined(operator, left, right, meter);
  if (operator === '|' && left instanceof Dict && right instanceof Dict) {
    meter.elements(2 * (left.entries.size + right.entries.size));
    meter.spend(right.entries.size * VISIT);
    const entries = new KeyMap(left.entries);
    entries.setAll(right.entries);
    return new Dict(entries);
  }
  const a = numberOf(left);
  const b = numberOf(right);
  if (typeof a !== 'bigint' || typeof b !== 'bigint') throw unsupported(operator, left, right);
  if (isLarge(a) || isLarge(b)) meter.spend(16 * STEP);
  if (operator === '<<' || operator === '>>') return shiftedInt(operator, a, b);
  const bits = operator === '|' ? a | b : operator === '&' ? a & b : a ^ b;
  return typeof left === 'boolean' && typeof right === 'boolean' ? bits === 1n : bits;
}

function shiftedInt(operator: '<<' | '>>', value: bigint, by: bigint): bigint {
  if (by < 0n) throw new TemplateError('negative shift count');
  if (operator === '>>') return by > BigInt(2 * MAX_BITS) ? (value < 0n ? -1n : 0n) : value >> by;
  if (value !== 0n && by > BigInt(MAX_BITS)) throw tooManyDigits();
  return value === 0n ? 0n : boundedInt(value << by);
}

function combined(operator: string, left: SetValue, right: Value, meter: StepMeter): SetValue {
  if (!(right instanceof SetValue)) throw unsupported(operator, left, right);
  meter.elements(2 * (left.items.size + right.items.size));
  switch (operator) {
    case '|':
      return new SetValue(left.items.union(right.items));
    case '&':
      return new SetValue(new KeySet([...left.items].filter((item) => right.items.has(item))));
    case '^':
      return new SetValue(left.items.symmetricDifference(right.items));
    case '-':
      return new SetValue(left.items.difference(right.items));
    default:
      throw unsupported(operator, left, right);
  }
}

/** Evaluate `~value`. */
export function inverted(value: Value): bigint {
  const number = numberOf(value);
  if (typeof number === 'bigint') return ~number;
  if (value instanceof Undefined) throw new TemplateError(value.reason);
  throw new TemplateError(`bad operand type for unary ~: '${typeName(value)}'`);
}

/** Evaluate `-value` or `+value`. */
export function signed(sign: '-' | '+', value: Value): Value {
  if (value instanceof TimeDelta && sign === '-') return new TimeDelta(-value.days, -value.micros);
  const number = numberOf(value);
  if (number === undefined) {
    if (value instanceof Undefined) throw new TemplateError(value.reason);
    throw new TemplateError(`bad operand type for unary ${sign}: '${typeName(value)}'`);
  }
  return sign === '-' ? -number : number;
}

/** Return the start and the number of elements of a slice in a sequence of this length (Python's `slice.indices`). */
export function sliceIndices(
  length: number,
  start: Value,
  stop: Value,
  step: Value,
): { start: number; count: number; step: number } {
  const by = boundOf(step) ?? 1;
  if (by === 0) throw new TemplateError('slice step cannot be zero');
  const [lowest, highest] = by > 0 ? [0, length] : [-1, length - 1];
  const clamp = (bound: number) => Math.min(Math.max(bound < 0 ? bound + length : bound, lowest), highest);
  const from = boundOf(start);
  const to = boundOf(stop);
  const first = from === undefined ? (by > 0 ? lowest : highest) : clamp(from);
  const end = to === undefined ? (by > 0 ? highest : lowest) : clamp(to);
  return { start: first, count: Math.max(0, Math.ceil((end - first) / by)), step: by };
}

function boundOf(value: Value): number | undefined {
  if (value === null) return undefined;
  const number = numberOf(value);
  if (typeof number !== 'bigint')
    throw new TemplateError(
      value instanceof Undefined ? value.reason : 'slice indices must be integers or None',
    );
  return Number(number);
}

/** Evaluate `target[start:stop:step]`. */
export function slice(target: Value, bounds: readonly [Value, Value, Value], meter: StepMeter): Value {
  if (typeof target !== 'string' && !(target instanceof List)) {
    if (target instanceof Undefined) throw new TemplateError(target.reason);
    throw new TemplateError(`'${typeName(target)}' object cannot be sliced`);
  }
  const items: readonly Value[] = typeof target === 'string' ? charactersOf(target, meter) : target.items;
  const indices = sliceIndices(items.length, ...bounds);
  meter.elements(indices.count);
  const taken: Value[] = [];
  for (let at = 0; at < indices.count; at++) taken.push(items[indices.start + at * indices.step] as Value);
  return target instanceof List ? new List(taken, { tuple: target.tuple }) : taken.join('');
}

/** Return the number of elements, characters or keys, or undefined if the value has no length. */
export function sizeOf(value: Value, meter: StepMeter): number | undefined {
  if (value instanceof List) return value.items.length;
  if (value instanceof Dict || value instanceof Namespace) return value.entries.size;
  if (value instanceof Undefined) return 0;
  if (value instanceof SetValue) return value.items.size;
  if (value instanceof Bytes) return value.data.length;
  return typeof value === 'string' ? charactersOf(value, meter).length : undefined;
}
