import { createHash } from 'node:crypto';
import { braceFormat } from '../formats/python-format.ts';
import { setOf } from '../members/set-methods.ts';
import { joinTexts } from '../members/string-methods.ts';
import { ELEMENT, SCAN, STEP, VISIT } from '../step-meter.ts';
import { countOf, cstr, textOf } from '../values/coerce.ts';
import { CalendarDate, dateText, TimeDelta } from '../values/dates.ts';
import type { KeySet } from '../values/keys.ts';
import { holds, iterate, truth } from '../values/operators.ts';
import { show } from '../values/show.ts';
import { paidStrip } from '../values/text.ts';
import { Arguments, Bytes, List, type Runtime, SetValue, type Value } from '../values/values.ts';
import { numberFormat } from './fmt-money.ts';
import { inWords, moneyInWords } from './number-words.ts';

type Function = (args: Arguments, runtime: Runtime) => Value;

/** The functions of `frappe.utils.data` on texts and lists. */
export const textUtils: readonly (readonly [string, Function])[] = [
  ['comma_and', (args, runtime) => commaSeparated(args, runtime, '{0} and {1}')],
  ['comma_or', (args, runtime) => commaSeparated(args, runtime, '{0} or {1}')],
  ['comma_sep', (args, runtime) => commaSeparated(args, runtime, undefined)],
  ['new_line_sep', newLineSeparated],
  ['filter_strip_join', filterStripJoin],
  ['unique', unique],
  ['has_common', hasCommon],
  ['is_subset', isSubset],
  ['strip', strip],
  ['get_abbr', abbreviation],
  ['is_html', isHtml],
  ['is_image', isImage],
  ['encode', encode],
  ['parse_val', (args) => parseValue(first(args))],
  ['sha256_hash', (args, runtime) => sha256(first(args), runtime)],
  ['in_words', inWords],
  ['money_in_words', moneyInWords],
  ['get_number_format_info', formatInfo],
  ['compare', compareBy],
  ['url_contains_port', containsPort],
  ['make_filter_tuple', filterTuple],
];

const first = (args: Arguments): Value => args.require('value')[0] as Value;

function paidText(value: Value | undefined, what: string, { meter }: Runtime): string {
  const text = textOf(value, what);
  meter.spend(text.length * SCAN * 3);
  return text;
}

function commaSeparated(args: Arguments, runtime: Runtime, standard: string | undefined): Value {
  const { meter } = runtime;
  const [list, ...others] =
    standard === undefined
      ? args.bind('some_list', 'pattern', 'add_quotes')
      : args.bind('some_list', 'add_quotes');
  const [pattern, addQuotes = true] = standard === undefined ? others : [standard, ...others];
  if (list === undefined) throw args.error("needs the argument 'some_list'");
  if (!(list instanceof List)) return list;
  meter.spend(list.items.length * VISIT);
  const texts = list.items.map((item) => show(item, meter));
  if (texts.length < 2) return texts[0] ?? '';
  const marked = truth(addQuotes) ? texts.map((text) => `'${text}'`) : texts;
  const parts = [joinTexts(marked.slice(0, -1), ', ', meter), marked.at(-1) as string];
  return braceFormat(textOf(pattern, 'pattern'), new Arguments('format', parts), runtime);
}

function newLineSeparated(args: Arguments, { meter }: Runtime): Value {
  const list = first(args);
  if (!(list instanceof List)) return list;
  return joinTexts(
    list.items.map((item) => show(item, meter)),
    '\n ',
    meter,
  );
}

function filterStripJoin(args: Arguments, runtime: Runtime): string {
  const [list, separator] = args.require('some_list', 'sep') as [Value, Value];
  const items = iterate(list, runtime.meter);
  runtime.meter.spend(items.length * ELEMENT);
  const texts = items
    .filter(truth)
    .map((item) => paidStrip(cstr(item, runtime), undefined, 'both', runtime.meter));
  return joinTexts(texts, cstr(separator, runtime), runtime.meter);
}

function unique(args: Arguments, { meter }: Runtime): List {
  return new List([...setOf(first(args), meter).items]);
}

function hasCommon(args: Arguments, { meter }: Runtime): SetValue {
  const [left, right] = args.require('l1', 'l2').map((each) => setOf(each, meter).items) as [KeySet, KeySet];
  return new SetValue(left.intersection(right));
}

function isSubset(args: Arguments, { meter }: Runtime): boolean {
  const [left, right] = args.require('list_a', 'list_b') as [Value, Value];
  const common = setOf(left, meter).items.intersection(setOf(right, meter).items);
  return common.size === iterate(left, meter).length;
}

function strip(args: Arguments, { meter }: Runtime): string {
  const [value = null, chars = null] = args.bind('val', 'chars');
  const text = truth(value) ? textOf(value, 'val') : '';
  meter.spend(text.length * SCAN);
  const visible = text.replace(/[\ufeff\u200b]/g, '');
  return paidStrip(visible, chars === null ? undefined : textOf(chars, 'chars'), 'both', meter);
}

function abbreviation(args: Arguments, runtime: Runtime): string {
  const [value, most = 2n] = args.bind('string', 'max_len');
  const text = paidText(value, 'string', runtime);
  const letters = text
    .split(' ')
    .filter((part) => part !== '')
    .slice(0, Math.max(0, countOf(most, 'max_len')))
    .map((part) => String.fromCodePoint(part.codePointAt(0) ?? 0));
  return letters.join('') || '?';
}

/** Frappe returns what matched, which is as true. A tag begins before the text's last `>`. */
function isHtml(args: Arguments, { meter }: Runtime): boolean {
  const value = first(args);
  if (typeof value !== 'string') return false;
  meter.spend(value.length * SCAN);
  return /<[^>]/.test(value.slice(0, Math.max(0, value.lastIndexOf('>'))));
}

const IMAGES = /\.(?:avif|bmp|gif|heic|ico|jpe?g|jpe|png|svg|tiff?|webp)$/i;

function isImage(args: Arguments, runtime: Runtime): boolean {
  const path = first(args);
  return truth(path) && IMAGES.test(paidText(path, 'filepath', runtime).replace(/\?.*$/s, ''));
}

function encode(args: Arguments, { meter }: Runtime): Value {
  const [value = null] = args.bind('obj', 'encoding');
  const bytes = (text: string) => {
    meter.text(text.length);
    return new Bytes(Buffer.from(text));
  };
  if (typeof value === 'string') return bytes(value);
  if (!(value instanceof List) || value.tuple) return value;
  meter.elements(value.items.length);
  return new List(value.items.map((item) => (typeof item === 'string' ? bytes(item) : item)));
}

function parseValue(value: Value): Value {
  if (value instanceof TimeDelta) return dateText(value).split(':').slice(0, 2).join(':');
  if (value instanceof CalendarDate) return dateText(value);
  return typeof value === 'boolean' ? BigInt(value) : value;
}

function sha256(value: Value, { meter }: Runtime): string {
  const data = value instanceof Bytes ? value.data : textOf(value, 'input');
  meter.spend(data.length * SCAN + 64 * STEP);
  return createHash('sha256').update(data).digest('hex');
}

function formatInfo(args: Arguments): List {
  const [point, between, places] = numberFormat(textOf(first(args), 'format'));
  return new List([point, between, BigInt(places)], { tuple: true });
}

/** Frappe's `compare`, without the types of fields. */
function compareBy(args: Arguments, { meter }: Runtime): Value {
  const [left, condition, right] = args.require('val1', 'condition', 'val2') as [Value, Value, Value];
  switch (condition) {
    case '=':
      return holds('==', left, right, meter);
    case '!=':
    case '>':
    case '<':
    case '>=':
    case '<=':
    case 'in':
    case 'not in':
      return holds(condition, left, right, meter);
    case '^': {
      const prefix = textOf(right, 'val2');
      meter.spend(prefix.length);
      return (truth(left) ? textOf(left, 'val1') : '').startsWith(prefix);
    }
    case 'None':
      return !truth(left);
    case 'not None':
      return truth(left);
    default:
      return false;
  }
}

/** Return whether an address has two colons. */
function containsPort(args: Arguments, { meter }: Runtime): boolean {
  const url = textOf(first(args), 'url');
  meter.spend(url.length);
  return url.indexOf(':', url.indexOf(':') + 1) > url.indexOf(':');
}

function filterTuple(args: Arguments): List {
  const [doctype, key, value] = args.require('doctype', 'key', 'value') as [Value, Value, Value];
  if (value instanceof List && value.items.length === 2) return new List([doctype, key, ...value.items]);
  return new List([doctype, key, '=', value]);
}
