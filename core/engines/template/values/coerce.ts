import { TemplateError } from '../errors.ts';
import { STEP, type StepMeter, VISIT } from '../step-meter.ts';
import { CalendarDate, type Dated, TimeDelta, TimeOfDay } from './dates.ts';
import { floatToInt, intToFloat, MAX_LITERAL, parseFloating, parseInteger } from './numbers.ts';
import { numberOf } from './operators.ts';
import { show } from './show.ts';
import { List, type Runtime, typeName, Undefined, type Value } from './values.ts';

/** Return a text argument. @throws TemplateError for any other type */
export function textOf(value: Value | undefined, what: string): string {
  if (typeof value === 'string') return value;
  throw mismatch(value, what, 'str');
}

/** Return a count or an index as a JavaScript number. It is inexact beyond 2^53, which exceeds every bound anyway. */
export function countOf(value: Value | undefined, what: string): number {
  const number = value === undefined ? undefined : numberOf(value);
  if (typeof number === 'bigint') return Number(number);
  throw mismatch(value, what, 'int');
}

function mismatch(value: Value | undefined, what: string, wanted: string): TemplateError {
  if (value instanceof Undefined) return new TemplateError(value.reason);
  return new TemplateError(`${what} must be ${wanted}, not ${typeName(value ?? null)}`);
}

/** Pay for reading a value as a number. A text that is no number may have characters that are read repeatedly. */
export function payNumber(value: Value, meter: StepMeter): void {
  meter.spend(4 * STEP);
  if (typeof value === 'string') meter.spend(Math.min(value.length, MAX_LITERAL) * VISIT);
}

/** Python's `int(value)`. Return undefined if that raises an error. */
export function toInt(value: Value, base = 10): bigint | undefined {
  if (typeof value === 'string') return parseInteger(value, base);
  const number = numberOf(value);
  if (typeof number === 'number') return Number.isFinite(number) ? floatToInt(number) : undefined;
  return number;
}

/** Python's `float(value)`. Return undefined if that raises an error. */
export function toFloat(value: Value): number | undefined {
  if (typeof value === 'string') return parseFloating(value);
  const number = numberOf(value);
  if (typeof number !== 'bigint') return number;
  const float = Number(number);
  return Number.isFinite(float) ? float : undefined;
}

/** Return a number as a float. @throws TemplateError for any other type */
export function floatOf(value: Value, what: string): number {
  const number = numberOf(value);
  if (number === undefined) throw mismatch(value, what, 'a number');
  return typeof number === 'bigint' ? intToFloat(number) : number;
}

/** Frappe's `cint`: convert anything to an int, through a float if needed. */
export function cint(value: Value, otherwise: Value = 0n): Value {
  const int = toInt(value);
  if (int !== undefined) return int;
  const float = toFloat(value);
  return float === undefined || !Number.isFinite(float) ? otherwise : floatToInt(float);
}

/** Frappe's `cstr`: convert anything to text, and None to an empty text. */
export const cstr = (value: Value, { meter }: Runtime): string => (value === null ? '' : show(value, meter));

/** Return the texts of an argument that is a text or a tuple of texts, as `startswith` takes it. */
export function textsOf(value: Value | undefined, what: string): string[] {
  return value instanceof List && value.tuple
    ? value.items.map((item) => textOf(item, what))
    : [textOf(value, what)];
}

export const isDated = (value: Value): value is Dated =>
  value instanceof CalendarDate || value instanceof TimeOfDay || value instanceof TimeDelta;
