import { TemplateError } from '../errors.ts';
import { dumps } from '../formats/python-json.ts';
import { itemsOf } from '../members/dict-methods.ts';
import { attribute, missing } from '../members/members.ts';
import { ELEMENT, SCAN, STEP, type StepMeter } from '../step-meter.ts';
import { cint, countOf, cstr, floatOf, payNumber, textOf, toFloat, toInt } from '../values/coerce.ts';
import { absoluteDelta, TimeDelta } from '../values/dates.ts';
import { fixedText, floatToInt, roundFloat, roundInt } from '../values/numbers.ts';
import { iterate, numberOf, signed, sizeOf, truth } from '../values/operators.ts';
import { rounded } from '../values/rounding.ts';
import { paidRepr, show } from '../values/show.ts';
import {
  type Arguments,
  Dict,
  List,
  type Operation,
  plain,
  type Runtime,
  typeName,
  Undefined,
  type Value,
} from '../values/values.ts';

/**
 * Filters on single values (Jinja's "List of Builtin Filters"), including those that Frappe adds or replaces: `json`, `len`,
 * `int`, `str` and `flt`.
 */
export const valueFilters: readonly (readonly [string, Operation])[] = [
  ['default', otherwise],
  ['d', otherwise],
  ['length', plain(length)],
  ['count', plain(length)],
  ['len', plain(length)],
  ['int', integer],
  ['float', floating],
  ['flt', flt],
  ['abs', plain(absolute)],
  ['round', round],
  ['string', plain((value, { meter }) => show(value, meter))],
  ['str', plain(cstr)],
  ['safe', plain((value, { meter }) => show(value, meter))],
  ['list', plain((value, { meter }) => listOf(value, meter))],
  ['items', items],
  ['attr', attr],
  ['tojson', toJson],
  ['json', json],
  ['filesizeformat', fileSize],
];

function otherwise(value: Value, args: Arguments): Value {
  const [initial = '', boolean = false] = args.bind('default_value', 'boolean');
  return value instanceof Undefined || (truth(boolean) && !truth(value)) ? initial : value;
}

function length(value: Value, { meter }: Runtime): bigint {
  const size = sizeOf(value, meter);
  if (size === undefined) throw new TemplateError(`object of type '${typeName(value)}' has no len()`);
  return BigInt(size);
}

/** Frappe's `cint`, with the base of Jinja's `int`. */
function integer(value: Value, args: Arguments, { meter }: Runtime): Value {
  const [initial = 0n, base = 10n] = args.bind('default', 'base');
  payNumber(value, meter);
  const based = base === 10n ? undefined : toInt(value, countOf(base, 'base'));
  return based ?? cint(value, initial);
}

function floating(value: Value, args: Arguments, { meter }: Runtime): Value {
  const [initial = 0] = args.bind('default');
  if (value instanceof Undefined) throw new TemplateError(value.reason);
  payNumber(value, meter);
  return toFloat(value) ?? initial;
}

/** Frappe's `flt`: convert anything to a float, ignoring commas, and round it if there is a precision. */
export function flt(value: Value, args: Arguments, { meter }: Runtime): Value {
  meter.spend(16 * STEP);
  const [precision = null, method = null] = args.bind('precision', 'rounding_method');
  if (typeof value === 'string') meter.spend(value.length * ELEMENT);
  const float = toFloat(typeof value === 'string' ? value.replaceAll(',', '') : value);
  if (float === undefined) return 0;
  if (precision !== null && !Number.isFinite(float)) return 0;
  return precision === null ? float : rounded(float, countOf(cint(precision), 'precision'), method);
}

function absolute(value: Value): Value {
  if (value instanceof TimeDelta) return absoluteDelta(value);
  const number = numberOf(value);
  if (number === undefined) throw new TemplateError(`bad operand type for abs(): '${typeName(value)}'`);
  return number < 0 || Object.is(number, -0) ? signed('-', number) : number;
}

function round(value: Value, args: Arguments, { meter }: Runtime): Value {
  meter.spend(16 * STEP);
  const [precision = 0n, method = 'common'] = args.bind('precision', 'method');
  const places = countOf(precision, 'precision');
  const number = numberOf(value);
  if (number === undefined) throw new TemplateError(`'${typeName(value)}' cannot be rounded`);
  if (method === 'common')
    return typeof number === 'bigint' ? roundInt(number, places) : roundFloat(number, places);
  if (method !== 'ceil' && method !== 'floor') throw args.error('takes the methods common, ceil and floor');
  const factor = 10 ** places;
  // Python's `math.ceil` returns an int, which has no negative zero.
  return (Math[method](floatOf(number, 'value') * factor) + 0) / factor;
}

function listOf(value: Value, meter: StepMeter): List {
  const elements = iterate(value, meter);
  meter.elements(elements.length);
  return new List([...elements]);
}

function items(value: Value, args: Arguments, { meter }: Runtime): Value {
  if (value instanceof Undefined) return new List([]);
  if (!(value instanceof Dict)) throw new TemplateError('Can only get item pairs from a mapping.');
  return itemsOf(value, args, meter);
}

/** Jinja's `attr`. */
function attr(value: Value, args: Arguments, runtime: Runtime): Value {
  const name = textOf(args.require('name')[0], 'name');
  if (name.startsWith('_')) return Undefined.because(`access to attribute '${name}' is unsafe`);
  // The fields of a document are attributes; the keys of a template's own mapping are not.
  const found = attribute(value, name, value instanceof Dict && !value.lenient, runtime);
  const isKey = value instanceof Dict && !value.lenient && found === value.entries.get(name);
  return isKey ? missing(value, name, paidRepr(name, runtime.meter), runtime) : found;
}

/** Jinja's `tojson`, with sorted keys and with `<`, `>`, `&` and `'` escaped for HTML. */
function toJson(value: Value, args: Arguments, { meter }: Runtime): string {
  const [indent = null] = args.bind('indent');
  const written = dumps(value, { sortKeys: true, indent: levels(indent) }, meter);
  meter.spend(written.length * SCAN);
  const safe = written.replace(/[<>&']/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
  meter.escaped(written, safe);
  meter.text(safe.length);
  return safe;
}

/** `frappe.as_json`. */
function json(value: Value, args: Arguments, { meter }: Runtime): string {
  const [indent = 1n] = args.bind('indent');
  const style = { sortKeys: true, anyIterable: true, indent: levels(indent) };
  return dumps(value, { ...style, separators: [',', ': '] }, meter);
}

function levels(indent: Value): number | undefined {
  return indent === null ? undefined : Math.max(0, countOf(indent, 'indent'));
}

/** Format a size like `1.5 kB`. */
function fileSize(value: Value, args: Arguments, { meter }: Runtime): string {
  const [binary = false] = args.bind('binary');
  payNumber(value, meter);
  const bytes = toFloat(value);
  if (bytes === undefined) throw new TemplateError(`'${typeName(value)}' is no size`);
  const base = truth(binary) ? 1024 : 1000;
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${floatToInt(bytes)} Bytes`;
  const units = [...'kMGTPEZY'];
  let power = 1;
  while (power < units.length && bytes >= base ** (power + 1)) power++;
  const unit = units[power - 1] as string;
  return `${fixedText(bytes / base ** power, 1)} ${truth(binary) ? `${unit.toUpperCase()}i` : unit}B`;
}
