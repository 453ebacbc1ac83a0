import { RenderLimitError, TemplateError } from '../errors.ts';
import { SCAN, STEP } from '../step-meter.ts';
import { floatOf, isDated } from '../values/coerce.ts';
import { CalendarDate, TimeOfDay } from '../values/dates.ts';
import { KeyMap } from '../values/keys.ts';
import { exponentText, fixedText, floatText, floatToInt } from '../values/numbers.ts';
import { numberOf } from '../values/operators.ts';
import { repr, show } from '../values/show.ts';
import { lengthOf, sliceOf } from '../values/text.ts';
import { type Arguments, Dict, List, type Runtime, typeName, type Value } from '../values/values.ts';
import { padded } from './pad.ts';
import { strftime } from './strftime.ts';

/** Python's two ways to format text, `'%s' % value` and `'{}'.format(value)`. Neither can access members of a value. */

interface Spec {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  readonly alternate: boolean;
  /** The minimum width; undefined for none. */
  readonly width: number | undefined;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

/** Python's `format % values`, where `values` is a value, a tuple of them, or a mapping for `%(name)s`. */
export function percentFormat(format: string, values: Value, runtime: Runtime): string {
  const sequence = values instanceof List && values.tuple ? values.items : [values];
  let used = 0;
  let text = '';
  let from = 0;
  for (let at = format.indexOf('%'); at >= 0; at = format.indexOf('%', from)) {
    CONVERSION.lastIndex = at;
    const match = CONVERSION.exec(format);
    if (match === null) throw new TemplateError('incomplete format');
    const [whole, key, flags = '', width, precision, type = ''] = match;
    // A key and flags may be of any length.
    runtime.meter.spend(whole.length * SCAN);
    text = grown(text, format.slice(from, at), runtime);
    from = at + whole.length;
    if (type === '%') {
      text = grown(text, '%', runtime);
      continue;
    }
    let value: Value | undefined;
    if (key === undefined) value = sequence[used++];
    else if (values instanceof Dict) value = values.entries.get(key);
    else throw new TemplateError('format requires a mapping');
    if (value === undefined)
      throw new TemplateError(
        key === undefined ? 'not enough arguments for format string' : `the format asks for a key '${key}'`,
      );
    runtime.meter.spend(8 * STEP);
    const spec = percentSpec(flags, width, precision, type);
    text = grown(text, percentValue(value, spec, runtime), runtime);
  }
  // Unused lists and mappings are allowed; unused tuples and other values are not.
  const optional = values instanceof Dict || (values instanceof List && !values.tuple);
  if (used < sequence.length && !optional)
    throw new TemplateError('not all arguments converted during string formatting');
  return grown(text, format.slice(from), runtime);
}

const CONVERSION = /%(?:\(([^()]*)\))?([-+ #0]*)(\d{1,9})?(?:\.(\d{0,9}))?[hlL]?([a-zA-Z%])/y;

function percentSpec(
  flags: string,
  width: string | undefined,
  precision: string | undefined,
  type: string,
): Spec {
  const zero = flags.includes('0') && !flags.includes('-') && !'sra'.includes(type);
  return {
    fill: zero ? '0' : ' ',
    align: flags.includes('-') ? '<' : zero ? '=' : '>',
    sign: flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '-',
    alternate: flags.includes('#'),
    width: width === undefined ? undefined : Number(width),
    grouping: '',
    precision: precision === undefined ? undefined : Number(precision),
    type: type === 'i' || type === 'u' ? 'd' : type,
  };
}

function percentValue(value: Value, spec: Spec, runtime: Runtime): string {
  if (spec.type === 's')
    return aligned(shortened(show(value, runtime.meter), spec, runtime), spec, '>', runtime);
  if (spec.type === 'r' || spec.type === 'a')
    return aligned(shortened(repr(value, runtime.meter), spec, runtime), spec, '>', runtime);
  if (spec.type === 'c') return aligned(characterOf(value), spec, '>', runtime);
  const number = numberOf(value);
  if (number === undefined)
    throw new TemplateError(`%${spec.type} format: a number is required, not ${typeName(value)}`);
  if (typeof number === 'number') {
    if (spec.type === 'd') return formatInt(floatToInt(number), spec, runtime);
    if ('xXo'.includes(spec.type))
      throw new TemplateError(`%${spec.type} format: an integer is required, not ${typeName(value)}`);
  }
  return formatNumber(number, spec, runtime);
}

/** `%c`: a character, or the code of one. */
function characterOf(value: Value): string {
  const code = numberOf(value);
  if (typeof code === 'bigint') return character(code);
  if (typeof value === 'string' && Array.from(value.slice(0, 3)).length === 1) return value;
  throw new TemplateError('%c requires int or char');
}

function character(code: bigint): string {
  if (code > 0x10ffffn || code < 0n) throw new TemplateError('%c arg not in range(0x110000)');
  return String.fromCodePoint(Number(code));
}

/** Python's `format.format(…)`, without access to members: `{0.name}` and `{0[key]}` are rejected. */
export function braceFormat(format: string, args: Arguments, runtime: Runtime): string {
  let automatic = 0;
  let text = '';
  let from = 0;
  FIELD.lastIndex = 0;
  for (let match = FIELD.exec(format); match !== null; match = FIELD.exec(format)) {
    const [whole, name, conversion, spec = ''] = match;
    runtime.meter.spend(whole.length * SCAN);
    text = grown(text, format.slice(from, match.index), runtime);
    from = FIELD.lastIndex;
    if (whole === '{{' || whole === '}}') {
      text = grown(text, whole[0] as string, runtime);
      continue;
    }
    if (name === undefined)
      throw new TemplateError('a single brace, or a field that is not supported, in a format');
    runtime.meter.spend(8 * STEP);
    const value = fieldOf(name === '' ? String(automatic++) : name, args);
    text = grown(text, formatValue(converted(value, conversion, runtime), spec, runtime), runtime);
  }
  return grown(text, format.slice(from), runtime);
}

const FIELD = /\{\{|\}\}|\{([^{}!:.[\]]*)(?:!([rsa]))?(?::([^{}]*))?\}|[{}]/g;

function fieldOf(name: string, args: Arguments): Value {
  const value = /^\d{1,9}$/.test(name) ? args.positional[Number(name)] : args.named.get(name);
  if (value === undefined) throw new TemplateError(`the format asks for an argument '${name}'`);
  return value;
}

/** Apply the conversion of a field: `!s`, `!r` or `!a`. */
export function converted(value: Value, conversion: string | undefined, { meter }: Runtime): Value {
  if (conversion === undefined) return value;
  return conversion === 's' ? show(value, meter) : repr(value, meter);
}

/** The characters of a format specifier. */
const MAX_SPEC = 64;
const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\d{1,9})?([,_])?(?:\.(\d{1,9}))?([a-zA-Z%])?$/su;

/** Python's `format(value, spec)`. */
export function formatValue(value: Value, spec: string, runtime: Runtime): string {
  if (spec === '') return show(value, runtime.meter);
  if ((value instanceof CalendarDate || value instanceof TimeOfDay) && spec.length <= MAX_SPEC)
    return strftime(value, spec);
  const match = spec.length > MAX_SPEC ? null : SPEC.exec(spec);
  if (match === null) throw new TemplateError('Invalid format specifier');
  const [, fill, align, signed, alternate, zero, width, grouping = '', precision, type = ''] = match;
  const parsed: Spec = {
    fill: fill ?? (zero === undefined ? ' ' : '0'),
    align: align ?? (zero === undefined ? '' : '='),
    sign: signed ?? '-',
    alternate: alternate !== undefined,
    width: width === undefined ? undefined : Number(width),
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
  if (typeof value === 'string') {
    if (type !== '' && type !== 's') throw unknownCode(type, value);
    if (grouping !== '') throw new TemplateError(`Cannot specify '${grouping}' with 's'.`);
    if (signed !== undefined) throw new TemplateError('Sign not allowed in string format specifier');
    return aligned(shortened(value, parsed, runtime), parsed, '<', runtime);
  }
  const number = numberOf(value);
  if (number === undefined || isDated(value))
    throw new TemplateError(`unsupported format string passed to ${typeName(value)}.__format__`);
  if (type === 's') throw unknownCode(type, value);
  if (
    parsed.precision !== undefined &&
    typeof number === 'bigint' &&
    (type === '' || INT_TYPES.includes(type))
  )
    throw new TemplateError('Precision not allowed in integer format specifier');
  return formatNumber(number, parsed, runtime);
}

const unknownCode = (type: string, value: Value) =>
  new TemplateError(`Unknown format code '${type}' for object of type '${typeName(value)}'`);

/** The types with which an int is formatted as an int. */
const INT_TYPES = 'dnbcoxX';

function formatNumber(value: bigint | number, spec: Spec, runtime: Runtime): string {
  if (typeof value === 'bigint' && (spec.type === '' || INT_TYPES.includes(spec.type)))
    return formatInt(value, spec, runtime);
  runtime.meter.spend(16 * STEP);
  const float = floatOf(value, 'value');
  const places = spec.precision ?? 6;
  runtime.meter.spend(places * 16);
  if (places > 400) throw new RenderLimitError('formats a number with more than 400 places');
  const magnitude = Math.abs(float);
  let digits: string;
  switch (spec.type) {
    case 'f':
    case 'F':
      digits = fixedText(magnitude, places);
      break;
    case 'e':
    case 'E':
      digits = exponentText(magnitude, places);
      break;
    case '%':
      digits = `${fixedText(magnitude * 100, places)}%`;
      break;
    case 'g':
    case 'G':
    case 'n':
      digits = general(magnitude, places, spec.alternate);
      break;
    case '':
      if (spec.precision === undefined) digits = floatText(magnitude);
      else digits = withPoint(general(magnitude, spec.precision, false));
      break;
    default:
      throw unknownCode(spec.type, value);
  }
  if (spec.type !== '' && 'EFG'.includes(spec.type)) digits = digits.toUpperCase();
  return signedAndAligned(float < 0 || Object.is(float, -0), digits, spec, runtime);
}

function formatInt(value: bigint, spec: Spec, runtime: Runtime): string {
  runtime.meter.spend(16 * STEP);
  const magnitude = value < 0n ? -value : value;
  if (spec.type === 'c') return aligned(character(value), spec, '>', runtime);
  const base = BASES.get(spec.type) ?? 10;
  const digits = magnitude.toString(base);
  const prefix = spec.alternate && base !== 10 ? `0${spec.type}` : '';
  return signedAndAligned(
    value < 0n,
    prefix + (spec.type === 'X' ? digits.toUpperCase() : digits),
    spec,
    runtime,
  );
}

const BASES: ReadonlyMap<string, number> = new Map([
  ['b', 2],
  ['o', 8],
  ['x', 16],
  ['X', 16],
]);

/** Python's `%g`: format with significant digits, and with an exponent for very large and very small values. */
function general(value: number, precision: number, keepZeros: boolean): string {
  const digits = Math.max(1, precision);
  const scientific = exponentText(value, digits - 1);
  const [mantissa = '', exponent = ''] = scientific.split('e');
  if (exponent === '') return scientific;
  const power = Number(exponent);
  const trimmed = (text: string) =>
    keepZeros || !text.includes('.') ? text : text.slice(0, endOfDigits(text)).replace(/\.$/, '');
  if (power >= -4 && power < digits) return trimmed(fixedText(value, digits - 1 - power));
  return `${trimmed(mantissa)}e${exponent}`;
}

/** Return the index after the last digit other than zero. */
function endOfDigits(text: string): number {
  let end = text.length;
  while (text[end - 1] === '0') end--;
  return end;
}

const withPoint = (digits: string) => (/[.ena]/.test(digits) ? digits : `${digits}.0`);

function signedAndAligned(negative: boolean, digits: string, spec: Spec, runtime: Runtime): string {
  const sign = negative ? '-' : spec.sign === '-' ? '' : spec.sign;
  const body = spec.grouping === '' ? digits : grouped(digits, spec.grouping);
  if ((spec.align || '>') !== '=') return aligned(sign + body, spec, '>', runtime);
  const width = Math.max(0, (spec.width ?? 0) - sign.length);
  return sign + padded(body, width, spec.fill, 'right', runtime.meter);
}

/** Separate the thousands of the leading digits. */
function grouped(digits: string, by: string): string {
  const whole = /^\d*/.exec(digits)?.[0] ?? '';
  let text = '';
  for (let at = 0; at < whole.length; at++) {
    if (at > 0 && (whole.length - at) % 3 === 0) text += by;
    text += whole[at];
  }
  return text + digits.slice(whole.length);
}

function shortened(text: string, spec: Spec, { meter }: Runtime): string {
  if (spec.precision === undefined || lengthOf(text, meter) <= spec.precision) return text;
  return sliceOf(text, 0, spec.precision, meter);
}

function aligned(text: string, spec: Spec, standard: '<' | '>', { meter }: Runtime): string {
  if (spec.width === undefined) return text;
  const align = spec.align || standard;
  const side = align === '<' ? 'left' : align === '^' ? 'middle' : 'right';
  return padded(text, spec.width, spec.fill, side, meter);
}

function grown(text: string, more: string, { meter }: Runtime): string {
  meter.room(text.length + more.length);
  meter.spend(more.length);
  return text + more;
}

/** Return the arguments of the filter `format` as the right operand of `%`. */
export function formatArguments(args: Arguments): Value {
  if (args.named.size === 0) return new List([...args.positional], { tuple: true });
  if (args.positional.length > 0) throw args.error('takes positional or named arguments, not both');
  return new Dict(new KeyMap(args.named));
}
