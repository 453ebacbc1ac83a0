import { canonical } from './canonical.ts';
import { FORMATS } from './formats.ts';
import { isCount, isObject, type Json, type Keyword, NOT_A_COUNT } from './keyword.ts';
import { shorten, ValidationBudget } from './run.ts';

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  null: (value) => value === null,
  boolean: (value) => typeof value === 'boolean',
  object: isObject,
  array: Array.isArray,
  number: (value) => typeof value === 'number',
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
};

const CHARACTERS_PER_STEP = 8;
const DECIMAL_STEPS = 8;
const MAX_SHOWN = 200;
/** The budget of a schema's own values, whose size is bounded already. */
const unmetered = () => new ValidationBudget(Number.POSITIVE_INFINITY);

const limit =
  (holds: (value: number, bound: number) => boolean, says: string): Keyword =>
  (bound, { refuse }) => {
    if (typeof bound !== 'number') return refuse('is not a number');
    return (value, run) =>
      typeof value !== 'number' || holds(value, bound) || run.fault(`is ${says} ${bound}`);
  };

const length =
  (holds: (length: number, bound: number) => boolean, says: string): Keyword =>
  (bound, { refuse }) => {
    if (!isCount(bound)) return refuse(NOT_A_COUNT);
    return (value, run) => {
      if (typeof value !== 'string') return true;
      run.budget.spend(value.length / CHARACTERS_PER_STEP);
      return holds(characters(value), bound) || run.fault(`has ${says} than ${bound} characters`);
    };
  };

const oneOf = (values: readonly Json[]): ReturnType<Keyword> => {
  const allowed = new Set(values.map((value) => canonical(value, unmetered())));
  const shown = shorten(values.map((value) => JSON.stringify(value)).join(', '), MAX_SHOWN);
  const message = values.length === 1 ? `is not ${shown}` : `is not one of ${shown}`;
  return (value, run) => allowed.has(canonical(value, run.budget)) || run.fault(message);
};

/** Keywords that apply to scalars or to values of any type. */
export const valueKeywords: Readonly<Record<string, Keyword>> = {
  type(argument, { refuse }) {
    const names = [argument].flat();
    const isKnown = (name: Json): name is string => typeof name === 'string' && Object.hasOwn(TYPES, name);
    if (names.length === 0 || !names.every(isKnown))
      return refuse(`is not one or more of ${Object.keys(TYPES).join(', ')}`);
    const tests = names.flatMap((name) => TYPES[name] ?? []);
    const message = `is not of the type ${names.join(' or ')}`;
    return (value, run) => tests.some((test) => test(value)) || run.fault(message);
  },
  enum: (values, { refuse }) => (Array.isArray(values) ? oneOf(values) : refuse('is not an array')),
  const: (value) => oneOf([value]),

  minimum: limit((value, bound) => value >= bound, 'less than'),
  maximum: limit((value, bound) => value <= bound, 'more than'),
  exclusiveMinimum: limit((value, bound) => value > bound, 'not more than'),
  exclusiveMaximum: limit((value, bound) => value < bound, 'not less than'),
  multipleOf(divisor, { refuse }) {
    if (typeof divisor !== 'number' || !(divisor > 0)) return refuse('is not a number above 0');
    return (value, run) =>
      typeof value !== 'number' ||
      isMultiple(value, divisor, run.budget) ||
      run.fault(`is not a multiple of ${divisor}`);
  },

  minLength: length((count, bound) => count >= bound, 'fewer'),
  maxLength: length((count, bound) => count <= bound, 'more'),
  pattern(source, { refuse, pattern }) {
    if (typeof source !== 'string') return refuse('is not a string');
    const compiled = pattern(source);
    const message = `does not match the pattern ${shorten(source, MAX_SHOWN)}`;
    return (value, run) => {
      if (typeof value !== 'string') return true;
      run.budget.spend(compiled.stepsFor(value.length));
      return compiled.test(value) || run.fault(message);
    };
  },
  format(name, { refuse }) {
    if (typeof name !== 'string') return refuse('is not a string');
    const test = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
    if (test === undefined) return null;
    return (value, run) => {
      if (typeof value !== 'string') return true;
      run.budget.spend(value.length / CHARACTERS_PER_STEP);
      return test(value) || run.fault(`is not in the format "${name}"`);
    };
  },
};

/** Count characters. JSON Schema means code points, not UTF-16 units. */
function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Return whether a number is a multiple of another in decimal: 19.99 is a multiple of 0.01, but not in IEEE 754. */
function isMultiple(value: number, divisor: number, budget: ValidationBudget): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) return value % divisor === 0;
  if (!Number.isFinite(value)) return false;
  const [a, b] = [decimal(value), decimal(divisor)];
  const exponent = Math.min(a.exponent, b.exponent);
  budget.spend(DECIMAL_STEPS + Math.abs(a.exponent - b.exponent) / 4);
  const scaled = ({ digits, exponent: own }: typeof a) => digits * 10n ** BigInt(own - exponent);
  return scaled(a) % scaled(b) === 0n;
}

/** Return the shortest decimal that reads back as the number: digits × 10^exponent. */
function decimal(value: number): { digits: bigint; exponent: number } {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}
